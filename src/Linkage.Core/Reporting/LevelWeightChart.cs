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
        double low = Math.Min(-1, Math.Floor(weights.Min()));
        double high = Math.Max(1, Math.Ceiling(weights.Max()));
        string description =
            "One row a comparison, one dot a level; the further right, the more a pair of this level speaks for one "
            + $"person. The axis goes from {FigureText.Weight(low)} to {FigureText.Weight(high)} bits.";
        int bottom = Top + (RowHeight * model.Comparisons.Count);
        html.Open("figure");
        html.Element("figcaption", "What each comparison can say");
        using (SvgChart chart = SvgChart.Begin(
            html, "levels", "Match weights of all levels by comparison", description, Width, bottom + 44))
        {
            DrawAxis(chart, low, high, bottom);
            for (int i = 0; i < model.Comparisons.Count; i++)
            {
                DrawRow(chart, model.Comparisons[i], low, high, Top + (RowHeight * (i + 0.5)));
            }
        }

        html.Close();
    }

    private static void DrawAxis(SvgChart chart, double low, double high, int bottom)
    {
        double step = SvgScale.TickStep(high - low, 12);
        for (double weight = Math.Ceiling(low / step) * step; weight <= high; weight += step)
        {
            double x = PlaceOf(weight, low, high);
            chart.Line(x, Top, x, bottom, "grid");
            chart.Label(x, bottom + 16, SvgScale.TickLabel(weight), "middle", "soft");
        }

        double zero = PlaceOf(0, low, high);
        chart.Line(zero, Top - 4, zero, bottom, "axis");
        chart.Label(zero - 8, Top - 10, "← two persons", "end", "soft");
        chart.Label(zero + 8, Top - 10, "one person →", "start", "soft");
        chart.Label((Left + Right) / 2.0, bottom + 36, "match weight, in bits", "middle", "soft");
    }

    private static void DrawRow(SvgChart chart, ComparisonModel comparison, double low, double high, double y)
    {
        double least = comparison.Levels.Min(level => level.Weight.Bits);
        double most = comparison.Levels.Max(level => level.Weight.Bits);
        string name = comparison.Name.Length <= LongestName
            ? comparison.Name
            : $"{comparison.Name[..(LongestName - 1)]}…";
        chart.Label(0, y + 4, name, "start");
        chart.Line(PlaceOf(least, low, high), y, PlaceOf(most, low, high), y, "reach");
        foreach (LevelModel level in comparison.Levels)
        {
            double weight = level.Weight.Bits;
            string style = (weight > 0 ? "match" : "other") + (level.IsPooled ? " pooled" : "");
            chart.Dot(PlaceOf(weight, low, high), y, 5, style, $"{level.Name}: {FigureText.Weight(weight)}");
        }

        chart.Label(PlaceOf(least, low, high) - 9, y + 4, FigureText.Weight(least), "end", "soft");
        chart.Label(PlaceOf(most, low, high) + 9, y + 4, FigureText.Weight(most), "start", "soft");
    }

    private static double PlaceOf(double weight, double low, double high) =>
        Left + ((weight - low) / (high - low) * (Right - Left));
}
