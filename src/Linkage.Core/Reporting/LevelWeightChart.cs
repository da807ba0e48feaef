using Linkage.Core.Model;

namespace Linkage.Core.Reporting;

/// <summary>Draws how far each comparison can move a pair towards match or non-match: a dot for every level.</summary>
internal static class LevelWeightChart
{
    private const int Width = 760;
    private const int Left = 200;
    private const int Right = 700;
    private const int Top = 24;
    private const int RowHeight = 30;
    private const int LongestName = 24;

    public static void Write(HtmlWriter html, FellegiSunterModel model)
    {
        double[] weights =
        [
            .. model.Comparisons.SelectMany(comparison => comparison.Levels.Select(level => level.Weight.Bits)),
        ];
        var axis = BitsAxis.Over(weights, Left, Right);
        string description =
            "One row a comparison, one dot a level; the further right, the more a pair of this level speaks for one "
            + $"person. The axis goes from {FigureText.Weight(axis.Low)} to {FigureText.Weight(axis.High)} bits.";
        int bottom = Top + (RowHeight * model.Comparisons.Count);
        html.Open("figure");
        html.Element("figcaption", "What each comparison can say");
        using (SvgChart chart = SvgChart.Begin(
            html, "levels", "Match weights of all levels by comparison", description, Width, bottom + 44))
        {
            axis.Draw(chart, Top, bottom, "match weight, in bits");
            for (int i = 0; i < model.Comparisons.Count; i++)
            {
                DrawRow(chart, model.Comparisons[i], axis, Top + (RowHeight * (i + 0.5)));
            }
        }

        html.Close();
    }

    private static void DrawRow(SvgChart chart, ComparisonModel comparison, BitsAxis axis, double y)
    {
        double least = comparison.Levels.Min(level => level.Weight.Bits);
        double most = comparison.Levels.Max(level => level.Weight.Bits);
        chart.Label(0, y + 4, FigureText.Shortened(comparison.Name, LongestName), "start");
        chart.Line(axis.PlaceOf(least), y, axis.PlaceOf(most), y, "reach");
        foreach (LevelModel level in comparison.Levels)
        {
            double weight = level.Weight.Bits;
            string style = (weight > 0 ? "match" : "other") + (level.IsOutOfOrder ? " disordered" : "");
            chart.Dot(axis.PlaceOf(weight), y, 5, style, $"{level.Name}: {FigureText.Weight(weight)}");
        }

        chart.Label(axis.PlaceOf(least) - 9, y + 4, FigureText.Weight(least), "end", "soft");
        chart.Label(axis.PlaceOf(most) + 9, y + 4, FigureText.Weight(most), "start", "soft");
    }
}
