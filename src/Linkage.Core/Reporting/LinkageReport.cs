using Linkage.Bloom.Schemas;

namespace Linkage.Core.Reporting;

/// <summary>The report of a run: one HTML file for people, without script and without reference to elsewhere.</summary>
/// <remarks>The file is well-formed XML too. It tells counts only: no handle, no link id, no record.</remarks>
public static class LinkageReport
{
    private static readonly (string Id, string Heading, Action<HtmlWriter, ReportContent> Write)[] Sections =
    [
        ("summary", "What came out", SummarySection.Write),
        ("warnings", "What to keep in mind", WarningsSection.Write),
        ("decisions", "Decisions", DecisionsSection.Write),
        ("thresholds", "What other thresholds would mean", ThresholdsSection.Write),
        ("model", "The model", ModelSection.Write),
        ("estimation", "How the model was found", EstimationSection.Write),
        ("dependence", "Which comparisons go together", DependenceSection.Write),
        ("passes", "Which pairs were looked at", PassesSection.Write),
        ("completeness", "Which share of the true pairs was looked at", CompletenessSection.Write),
        ("fields", "What the parties know", FieldsSection.Write),
        ("unlinkable", "Records that cannot be linked", UnlinkableSection.Write),
        ("entities", "Entities by size", EntitiesSection.Write),
        ("run", "About this run", RunSection.Write),
    ];

    /// <summary>Writes the report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="facts">What is told of the run.</param>
    /// <param name="stream">Where to; stays open.</param>
    public static void Write(LinkResult result, RunFacts facts, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(stream);
        RunCounts counts = RunCounts.From(result);
        var content = new ReportContent(result, facts, counts, RunWarnings.Find(result, counts));
        using var html = new HtmlWriter(stream);
        html.Open("html", ("lang", "en"));
        HtmlHead.Write(html, $"Linkage report: {result.Files[0].Project}");
        html.Open("body");
        WriteHeader(html, content);
        html.Open("main");
        foreach ((string id, string heading, Action<HtmlWriter, ReportContent> write) in Sections)
        {
            html.Open("section", ("id", id), ("aria-labelledby", $"{id}-heading"));
            html.Element("h2", heading, ("id", $"{id}-heading"));
            write(html, content);
            html.Close();
        }

        html.Close();
    }

    private static void WriteHeader(HtmlWriter html, ReportContent content)
    {
        html.Open("header");
        html.Element("h1", "Linkage report");
        html.Open("p", ("class", "soft"));
        html.Text("Project ");
        html.Element("bdi", content.Result.Files[0].Project);
        html.Text($" · {FigureText.Time(content.Facts.Started)} · {FigureText.Duration(content.Facts.Elapsed)}");
        html.Close();
        if (content.Result.Schema.Profile == ProtectionProfile.Research)
        {
            html.Open("p", ("class", "alert"), ("role", "note"));
            html.Element("strong", "Profile research. ");
            html.Text("These encodings protect nobody; use them for synthetic or public data only.");
            html.Close();
        }

        WriteNavigation(html, Sections.Select(section => (section.Id, section.Heading)));
        html.Close();
    }

    /// <summary>Writes the links to the sections of a report.</summary>
    internal static void WriteNavigation(HtmlWriter html, IEnumerable<(string Id, string Heading)> sections)
    {
        html.Open("nav", ("aria-label", "Sections"));
        html.Open("ul");
        foreach ((string id, string heading) in sections)
        {
            html.Open("li");
            html.Element("a", heading, ("href", $"#{id}"));
            html.Close();
        }

        html.Close();
        html.Close();
    }
}
