using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Model;

namespace Linkage.Core.Reporting;

/// <summary>m, u and weight of every level.</summary>
internal static class ModelSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        FellegiSunterModel model = content.Result.Model;
        html.Element(
            "p",
            "For every level of agreement the model knows how often it occurs among pairs of one person (m) and among "
            + "pairs of two that no pass brought because of this very comparison (u). Their ratio, as a power of two, "
            + "is the weight. Before looking at any field, "
            + $"{FigureText.Share(model.PriorMatchProbability)} of the candidate pairs are held to be one person"
            + (content.Result.Intervals is { } sure
                ? $" (95 % interval {FigureText.FineShare(sure.Prior.Low)} to {FigureText.FineShare(sure.Prior.High)})."
                : "."));
        LevelWeightChart.Write(html, model);
        WriteTable(html, content.Result);
        html.Element(
            "p",
            "The intervals cover chance, as far as the model holds; u without an interval was counted by the owners. A "
            + "missing value counts neither for nor against. What brought a pair together agrees for certain, so its "
            + "weight is taken back before a pair is judged. A level marked “out of order” has a lower weight than a "
            + "worse one.",
            ("class", "soft"));
    }

    private static void WriteTable(HtmlWriter html, LinkResult result)
    {
        FellegiSunterModel model = result.Model;
        double reach = model.Comparisons.Max(comparison => comparison.Levels.Max(level => Math.Abs(level.Weight.Bits)));
        using var table = new HtmlTable(
            html,
            "All levels",
            HtmlColumn.Text("Level"),
            HtmlColumn.Number("Pairs"),
            HtmlColumn.Number("m"),
            HtmlColumn.Number("m, 95 % interval"),
            HtmlColumn.Number("u"),
            HtmlColumn.Number("u, 95 % interval"),
            HtmlColumn.Number("Weight"));
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            long[] pairs = CountLevels(result, i);
            ComparisonModel comparison = model.Comparisons[i];
            table.Group(comparison.Name);
            for (int level = comparison.Levels.Count - 1; level >= 0; level--)
            {
                ComparisonIntervals? intervals = result.Intervals?.Comparisons[i];
                WriteLevel(
                    table, comparison.Levels[level], pairs[level], intervals?.M[level], intervals?.U?[level], reach);
            }

            WriteMissing(table, "one value missing", pairs[ComparisonVector.OneMissing]);
            WriteMissing(table, "both values missing", pairs[ComparisonVector.BothMissing]);
        }
    }

    private static void WriteLevel(
        HtmlTable table,
        LevelModel level,
        long pairs,
        ProbabilityInterval? m,
        ProbabilityInterval? u,
        double reach)
    {
        double weight = level.Weight.Bits;
        table.OpenRow();
        if (level.IsOutOfOrder)
        {
            table.Cell($"{level.Name} ", cell => cell.Element("span", "out of order", ("class", "flag")));
        }
        else
        {
            table.Cell(level.Name);
        }

        table.Cell(FigureText.Count(pairs));
        table.Cell(FigureText.Probability(level.MProbability));
        table.Cell(Interval(m));
        table.Cell(FigureText.Probability(level.UProbability));
        table.Cell(Interval(u));
        double end = 0.5 + (reach > 0 ? weight / reach / 2 : 0);
        table.Cell(
            FigureText.Weight(weight),
            cell => SvgChart.Bar(cell, Math.Min(0.5, end), Math.Max(0.5, end), weight < 0 ? "other" : "match"));
        table.CloseRow();
    }

    private static string Interval(ProbabilityInterval? interval) => interval is { } known
        ? $"{FigureText.Probability(known.Low)} to {FigureText.Probability(known.High)}"
        : "";

    private static void WriteMissing(HtmlTable table, string words, long pairs)
    {
        if (pairs > 0)
        {
            table.Row(words, FigureText.Count(pairs), "", "", "", "", "");
        }
    }

    private static long[] CountLevels(LinkResult result, int comparison)
    {
        long[] pairs = new long[ComparisonVector.OneMissing + 1];
        foreach (AgreementPattern pattern in result.Patterns)
        {
            pairs[pattern.Vector[comparison]] += pattern.Count;
        }

        return pairs;
    }
}
