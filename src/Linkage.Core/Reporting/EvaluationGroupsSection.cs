using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>Whether some people are missed or mistaken more often than others.</summary>
internal static class EvaluationGroupsSection
{
    public static void Write(HtmlWriter html, LinkageEvaluation evaluation)
    {
        html.Element(
            "p",
            "A pair counts for the group of each of its records. Each group is compared with the best one that is "
            + "large enough; the intervals of these gaps allow for the number of groups.");
        WriteVerdicts(html, evaluation.Groups);
        WriteFigures(html, evaluation.Groups);
    }

    private static void WriteVerdicts(HtmlWriter html, IReadOnlyList<SubgroupQuality> groups)
    {
        using var table = new HtmlTable(html, "Verdicts", HtmlColumn.Text("Group"), HtmlColumn.Text("Verdict"));
        foreach (SubgroupQuality group in groups)
        {
            table.Row(NameOf(group), EvaluationText.Verdict(group));
        }
    }

    private static void WriteFigures(HtmlWriter html, IReadOnlyList<SubgroupQuality> groups)
    {
        using var table = new HtmlTable(
            html,
            "Figures by group",
            HtmlColumn.Text("Group"),
            HtmlColumn.Number("Records"),
            HtmlColumn.Number("True pairs"),
            HtmlColumn.Number("Precision"),
            HtmlColumn.Number("Recall"),
            HtmlColumn.Number("F1"),
            HtmlColumn.Number("Expected wrong"),
            HtmlColumn.Number("Unlinkable"),
            HtmlColumn.Number("In no pass"));
        foreach (SubgroupQuality group in groups)
        {
            table.Row(
                NameOf(group),
                FigureText.Count(group.Records),
                FigureText.Count(group.Quality.TruePairs),
                EvaluationText.Share(group.Precision),
                EvaluationText.Share(group.Recall),
                EvaluationText.Share(group.F1),
                group.ExpectedErrorShare is { } wrong ? FigureText.FineShare(wrong) : "–",
                group.Unlinkable is { } unlinkable ? EvaluationText.Share(unlinkable) : "–",
                group.InNoPass is { } none ? EvaluationText.Share(none) : "–");
        }
    }

    private static string NameOf(SubgroupQuality group) => group.Group.Length == 0 ? "(none)" : group.Group;
}
