namespace Linkage.Core.Reporting;

/// <summary>The report of a run: one HTML file for people, without script and without any reference to elsewhere.</summary>
public static class LinkageReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="result">The result; only counts of it are told, no handle and no record.</param>
    /// <param name="facts">What is told of the run.</param>
    /// <param name="stream">Where to; stays open.</param>
    public static void Write(LinkResult result, RunFacts facts, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(stream);
        RunCounts counts = RunCounts.From(result);
        using var html = new HtmlWriter(stream);
        html.Open("html", ("lang", "en"));
        html.Open("head");
        html.Element("title", "Linkage report");
        html.Close();
        html.Open("body");
        html.Element("h1", "Linkage report");
        html.Element("p", $"Started {FigureText.Time(facts.Started)}, took {FigureText.Duration(facts.Elapsed)}.");
        html.Element("p", $"{FigureText.Count(counts.Matches)} links, {FigureText.Count(counts.Possibles)} to review.");
    }
}
