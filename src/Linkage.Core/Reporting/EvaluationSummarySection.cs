using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>The first screen: how good the linkage is, in words and four figures.</summary>
internal static class EvaluationSummarySection
{
    public static void Write(HtmlWriter html, LinkageEvaluation evaluation)
    {
        html.Open("dl", ("class", "cards"));
        SubgroupQuality total = evaluation.Total;
        WriteCard(html, "match", "Precision", total.Precision, "share of links that are true");
        WriteCard(html, "match", "Recall", total.Recall, "share of true pairs that were linked");
        WriteCard(html, "plain", "F1", total.F1, "harmonic mean of both");
        if (evaluation.Listed is { } listed)
        {
            WriteCard(html, "plain", "Listed", listed.Completeness, "share of true pairs that are in the file");
        }

        if (evaluation.BCubed is { } cubed)
        {
            WriteCard(html, "plain", "B-cubed precision", cubed.Precision, "mean over records");
            WriteCard(html, "plain", "B-cubed recall", cubed.Recall, "mean over records");
        }

        html.Close();
        foreach (string finding in EvaluationText.Findings(evaluation))
        {
            html.Element("p", finding);
        }

        html.Element(
            "p",
            "In brackets: 95 % intervals. They tell what chance may do in data like these, not how other data fare or "
            + "whether the truth is right.",
            ("class", "soft"));
    }

    private static void WriteCard(HtmlWriter html, string style, string title, IntervalEstimate figure, string note)
    {
        html.Open("div", ("class", style));
        html.Element("dt", title);
        html.Element("dd", FigureText.FineShare(figure.Value), ("class", "figure"));
        html.Element(
            "dd", $"{FigureText.FineShare(figure.Low)} to {FigureText.FineShare(figure.High)}", ("class", "note"));
        html.Element("dd", note, ("class", "note"));
        html.Close();
    }
}
