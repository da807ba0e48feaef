using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Reporting;

/// <summary>The first screen: what came out, in words that need no statistics.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        LinkResult result = content.Result;
        RunCounts counts = content.Counts;
        html.Element("p", Lead(result, counts), ("class", "lead"));
        html.Open("dl", ("class", "cards"));
        string files = FigureText.Count(result.Files.Count, "file", "files");
        WriteCard(html, "plain", "Records", result.RecordCount, $"in {files}");
        WriteCard(html, "match", "Links", counts.Matches, "pairs held to be one person");
        WriteCard(html, "possible", "To review", counts.Possibles, "pairs that a person has to decide");
        WriteCard(html, "plain", "Entities", result.EntityCount, "different persons, as far as the links tell");
        html.Close();
        WriteParties(html, result, counts);
        WriteRule(html, content);
        WriteCompleteness(html, result);
    }

    private static string Lead(LinkResult result, RunCounts counts)
    {
        string records = FigureText.Count(result.RecordCount, "record", "records");
        if (result.Files.Count == 1)
        {
            return $"Of {records} of {result.Files[0].Party}, "
                + $"{FigureText.Count(counts.LinkedRecords[0], "belongs", "belong")} to a person who is in the "
                + "file more than once; "
                + $"{FigureText.Count(result.EntityCount, "different person is", "different persons are")} left.";
        }

        long linked = counts.LinkedRecords.Sum(count => (long)count);
        return $"Of {records} of {FigureText.Count(result.Files.Count)} parties, "
            + $"{FigureText.Count(linked, "was", "were")} linked to another one. "
            + $"{FigureText.Count(counts.SharedEntities, "person is", "persons are")} known to two parties or more.";
    }

    private static void WriteCard(HtmlWriter html, string style, string title, long figure, string note)
    {
        html.Open("div", ("class", style));
        html.Element("dt", title);
        html.Element("dd", FigureText.Count(figure), ("class", "figure"));
        html.Element("dd", note, ("class", "note"));
        html.Close();
    }

    private static void WriteParties(HtmlWriter html, LinkResult result, RunCounts counts)
    {
        using var table = new HtmlTable(
            html,
            "The parties",
            HtmlColumn.Text("Party"),
            HtmlColumn.Number("Records"),
            HtmlColumn.Number("Linked to another record"),
            HtmlColumn.Number("Share"));
        for (int i = 0; i < result.Files.Count; i++)
        {
            EncodedFileHeader file = result.Files[i];
            int linked = counts.LinkedRecords[i];
            table.OpenRow();
            table.Cell(file.Party);
            table.Cell(FigureText.Count(file.RecordCount));
            table.Cell(FigureText.Count(linked));
            double share = file.RecordCount > 0 ? (double)linked / file.RecordCount : 0;
            table.Cell(FigureText.Share(linked, file.RecordCount), cell => SvgChart.Bar(cell, 0, share, "match"));
            table.CloseRow();
        }
    }

    private static void WriteRule(HtmlWriter html, ReportContent content)
    {
        DecisionThresholds thresholds = content.Result.Thresholds;
        html.Open("p");
        html.Element("strong", "How it was decided. ");
        html.Text(
            "A pair of records is a link when it is one person with a probability of "
            + $"{FigureText.Threshold(thresholds.Match)} or more. From {FigureText.Threshold(thresholds.Possible)} up "
            + "to that it is left for review; below, the records are held to be two persons. "
            + PartnerRule(content.Result));
        html.Close();
        if (content.Counts.LostPairs > 0)
        {
            html.Element(
                "p",
                $"{FigureText.Count(content.Counts.LostPairs, "pair", "pairs")} reached a threshold but lost to a "
                + "better partner of one of the two records; what loses is held to be two persons.");
        }
    }

    private static void WriteCompleteness(HtmlWriter html, LinkResult result)
    {
        html.Open("p");
        html.Element("strong", "What could be found. ");
        html.Text(
            result.Completeness is { } completeness
                ? $"About {FigureText.FineShare(completeness.Estimate)} of the pairs that are one person were looked "
                    + "at."
                : "Which share of the pairs that are one person was looked at is not estimated: "
                    + $"{result.NoCompletenessReason}.");
        html.Close();
    }

    private static string PartnerRule(LinkResult result)
    {
        string free = result.Options.DuplicateParties.Count > 0
            ? $"Parties that may list a person twice: {string.Join(", ", result.Options.DuplicateParties)}. "
            : "";
        return free + result.Options.OneToOne switch
        {
            OneToOneMode.Optimal =>
                "In a file that lists everybody once a record has one partner at most, chosen so that the links "
                + "together have the most evidence.",
            OneToOneMode.Greedy =>
                "In a file that lists everybody once a record has one partner at most, the strongest links first.",
            _ => "Every pair is decided by itself; a record may have several partners.",
        };
    }
}
