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
        double low = Math.Min(-1, Math.Floor(steps.Min(step => Math.Min(step.From, step.To))));
        double high = Math.Max(1, Math.Ceiling(steps.Max(step => Math.Max(step.From, step.To))));
        int bottom = Top + (RowHeight * steps.Count);
        string description =
            "A bar for every step, to the right where it speaks for one person and to the left where it speaks "
            + $"against; each begins where the one before ended. The sum is {FigureText.Weight(steps[^1].To)} bits.";
        html.Open("figure");
        html.Element("figcaption", "How the evidence adds up");
        using (SvgChart chart = SvgChart.Begin(
            html, "waterfall", "Evidence of the pair, step by step", description, Width, bottom + 44))
        {
            DrawAxis(chart, low, high, bottom);
            for (int i = 0; i < steps.Count; i++)
            {
                DrawStep(chart, steps[i], low, high, Top + (RowHeight * i));
            }
        }

        html.Close();
    }

    private static void DrawAxis(SvgChart chart, double low, double high, int bottom)
    {
        double step = SvgScale.TickStep(high - low, 12);
        for (double bits = Math.Ceiling(low / step) * step; bits <= high; bits += step)
        {
            double x = PlaceOf(bits, low, high);
            chart.Line(x, Top, x, bottom, "grid");
            chart.Label(x, bottom + 16, SvgScale.TickLabel(bits), "middle", "soft");
        }

        double zero = PlaceOf(0, low, high);
        chart.Line(zero, Top - 4, zero, bottom, "axis");
        chart.Label(zero - 8, Top - 10, "← two persons", "end", "soft");
        chart.Label(zero + 8, Top - 10, "one person →", "start", "soft");
        chart.Label((Left + Right) / 2.0, bottom + 36, "bits", "middle", "soft");
    }

    private static void DrawStep(SvgChart chart, WaterfallStep step, double low, double high, double top)
    {
        double from = PlaceOf(Math.Min(step.From, step.To), low, high);
        double to = PlaceOf(Math.Max(step.From, step.To), low, high);
        double line = top + ((RowHeight + BarHeight) / 2.0) - 4;
        string name = step.Name.Length <= LongestName ? step.Name : $"{step.Name[..(LongestName - 1)]}…";
        chart.Label(0, line, name, "start");
        chart.Rectangle(
            from, top + ((RowHeight - BarHeight) / 2.0), Math.Max(1, to - from), BarHeight,
            step.Bits < 0 ? "other" : "match");
        chart.Label(to + 6, line, FigureText.Weight(step.Bits), "start", "soft");
    }

    private static double PlaceOf(double bits, double low, double high) =>
        Left + ((bits - low) / (high - low) * (Right - Left));
}
