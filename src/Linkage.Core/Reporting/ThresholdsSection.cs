using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>What other thresholds would have meant, and whether the probabilities can be believed.</summary>
internal static class ThresholdsSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        LinkResult result = content.Result;
        ThresholdRow advised = result.ThresholdTable.Recommend();
        html.Element(
            "p",
            result.ThresholdTable.Rows[0].Links == 0
                ? "No pair reaches any of these thresholds."
                : $"Wrong and missed links together are expected to be fewest from {Percent(advised)} up. A higher "
                    + "threshold joins fewer strangers and misses more true pairs; a lower one does the reverse.");
        WriteTable(html, result);
        html.Element(
            "p",
            "Expected from the probabilities of all candidate pairs, without the truth; true pairs that met in no pass "
            + "are not counted.",
            ("class", "soft"));
        if (result.Calibration is { } check)
        {
            html.Element("p", Verdict(check));
        }
    }

    private static void WriteTable(HtmlWriter html, LinkResult result)
    {
        using var table = new HtmlTable(
            html,
            "What is expected of every threshold",
            HtmlColumn.Text("Match from"),
            HtmlColumn.Number("Weight from"),
            HtmlColumn.Number("Links"),
            HtmlColumn.Number("Wrong links"),
            HtmlColumn.Number("Missed pairs"),
            HtmlColumn.Number("To review"));
        foreach (ThresholdRow row in result.ThresholdTable.Rows)
        {
            table.Row(
                Percent(row),
                FigureText.Weight(row.Weight.Bits),
                FigureText.Count(row.Links),
                FigureText.FineShare(row.FalseDiscovery),
                FigureText.FineShare(row.FalseNonMatch),
                FigureText.Count(row.Review));
        }
    }

    private static string Verdict(CalibrationCheck check)
    {
        string figures =
            $"Of {FigureText.Count(check.SurePairs, "pair", "pairs")} of 99 % or more by themselves, "
            + $"{FigureText.Count((long)Math.Round(check.ExpectedErrors))} should be wrong, and "
            + $"{FigureText.Count(check.ProvenErrors)} must be, since they give a record a second partner in a file "
            + "that lists everybody once. ";
        return figures + (check.IsTooSure
            ? "That is too many for chance: the model is too sure, or a file does list persons twice."
            : "That is consistent, though errors that contradict nothing are not seen.");
    }

    private static string Percent(ThresholdRow row) => FigureText.Threshold(row.Threshold.Value);
}
