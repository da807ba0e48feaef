using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>Which findings about a pair lead to errors.</summary>
internal static class EvaluationPatternsSection
{
    private const int MostRows = 15;

    public static void Write(HtmlWriter html, LinkageEvaluation evaluation)
    {
        html.Element(
            "p",
            "A pattern has one character per comparison, in the order of the schema: 0 is the lowest level, - says "
            + "that both values are missing and ? that one is.");
        WriteTable(
            html, "Patterns with most false matches", "False matches", evaluation.Patterns, one => one.FalseMatches);
        WriteTable(
            html, "Patterns with most missed matches", "Missed matches", evaluation.Patterns, one => one.MissedMatches);
        html.Element(
            "p", "True pairs that are not in the file have no pattern and are missed as well.", ("class", "soft"));
    }

    private static void WriteTable(
        HtmlWriter html,
        string caption,
        string heading,
        IReadOnlyList<PatternErrors> patterns,
        Func<PatternErrors, long> errors)
    {
        PatternErrors[] shown =
            [.. patterns.Where(one => errors(one) > 0).OrderByDescending(errors).Take(MostRows)];
        if (shown.Length == 0)
        {
            return;
        }

        using var table = new HtmlTable(
            html,
            caption,
            HtmlColumn.Text("Pattern"),
            HtmlColumn.Number(heading),
            HtmlColumn.Number("Pairs"),
            HtmlColumn.Number("True"),
            HtmlColumn.Number("Stated probability"));
        foreach (PatternErrors one in shown)
        {
            table.Row(
                one.Pattern,
                FigureText.Count(errors(one)),
                FigureText.Count(one.Pairs),
                FigureText.Share(one.TruePairs, one.Pairs),
                double.IsNaN(one.MeanProbability) ? "–" : FigureText.Probability(one.MeanProbability));
        }
    }
}
