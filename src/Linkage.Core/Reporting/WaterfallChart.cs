namespace Linkage.Core.Reporting;

/// <summary>Draws how a sum comes about: a bar for every step, beginning where the last one ended.</summary>
internal static class WaterfallChart
{
    private const int Width = 760;
    private const int Left = 200;
    private const int Right = 690;
    private const int Top = 24;
    private const int RowHeight = 28;
    private const int BarHeight = 16;
    private const int LongestName = 26;

    public static void Write(HtmlWriter html, IReadOnlyList<WaterfallStep> steps)
    {
        var axis = BitsAxis.Over([.. steps.SelectMany(step => new[] { step.From, step.To })], Left, Right);
        int bottom = Top + (RowHeight * steps.Count);
        string description =
            "A bar for every step, to the right where it speaks for one person and to the left where it speaks "
            + $"against; each begins where the one before ended. The sum is {FigureText.Weight(steps[^1].To)} bits.";
        html.Open("figure");
        html.Element("figcaption", "How the evidence adds up");
        using (SvgChart chart = SvgChart.Begin(
            html, "waterfall", "Evidence of the pair, step by step", description, Width, bottom + 44))
        {
            axis.Draw(chart, Top, bottom, "bits");
            for (int i = 0; i < steps.Count; i++)
            {
                DrawStep(chart, steps[i], axis, Top + (RowHeight * i));
            }
        }

        html.Close();
    }

    private static void DrawStep(SvgChart chart, WaterfallStep step, BitsAxis axis, double top)
    {
        double from = axis.PlaceOf(Math.Min(step.From, step.To));
        double to = axis.PlaceOf(Math.Max(step.From, step.To));
        double line = top + ((RowHeight + BarHeight) / 2.0) - 4;
        chart.Label(0, line, FigureText.Shortened(step.Name, LongestName), "start");
        chart.Rectangle(
            from, top + ((RowHeight - BarHeight) / 2.0), Math.Max(1, to - from), BarHeight,
            step.Bits < 0 ? "other" : "match");
        chart.Label(to + 6, line, FigureText.Weight(step.Bits), "start", "soft");
    }
}
