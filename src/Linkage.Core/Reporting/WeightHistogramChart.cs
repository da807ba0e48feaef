using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>Draws the candidate pairs by match weight, on a logarithmic scale, with both thresholds.</summary>
internal static class WeightHistogramChart
{
    private const int Width = 760;
    private const int Height = 350;
    private const int Left = 62;
    private const int Right = 748;
    private const int Top = 44;
    private const int Bottom = 276;

    // Base lines of the labels above the drawing; the limits stand too close for one line.
    private const int MatchLabel = 14;
    private const int PossibleLabel = 30;

    // The axis begins under 1, so that a single pair is seen.
    private const double LeastCount = 0.5;

    private static readonly (Decision Decision, string Style, string Word)[] Series =
    [
        (Decision.Match, "match", "match"),
        (Decision.Possible, "possible", "possible"),
        (Decision.NonMatch, "other", "non-match"),
    ];

    public static void Write(HtmlWriter html, WeightHistogram histogram)
    {
        string description =
            $"Bars count candidate pairs by match weight from {FigureText.Weight(histogram.Low)} to "
            + $"{FigureText.Weight(histogram.High)}, on a logarithmic scale. Possible matches begin at "
            + $"{FigureText.Weight(histogram.PossibleFrom)}, matches at {FigureText.Weight(histogram.MatchFrom)}.";
        const string Title = "All candidate pairs by match weight";
        html.Open("figure");
        html.Element("figcaption", Title);
        using (SvgChart chart = SvgChart.Begin(html, "histogram", Title, description, Width, Height))
        {
            DrawCountAxis(chart, histogram);
            DrawBars(chart, histogram);
            DrawWeightAxis(chart, histogram);
            DrawLimit(chart, histogram, histogram.MatchFrom, "match from", MatchLabel, isLeft: false);
            DrawLimit(chart, histogram, histogram.PossibleFrom, "possible from", PossibleLabel, isLeft: true);
            DrawLegend(chart);
        }

        html.Close();
    }

    private static void DrawCountAxis(SvgChart chart, WeightHistogram histogram)
    {
        for (long count = 1; count <= histogram.Largest && count > 0; count *= 10)
        {
            double y = HeightOf(histogram, count);
            chart.Line(Left, y, Right, y, "grid");
            chart.Label(Left - 8, y + 4, FigureText.Count(count), "end", "soft");
        }

        chart.Label(4, Top - 12, "pairs", "start", "soft");
    }

    private static void DrawBars(SvgChart chart, WeightHistogram histogram)
    {
        double slot = (double)(Right - Left) / histogram.BinCount;
        for (int bin = 0; bin < histogram.BinCount; bin++)
        {
            (Decision Decision, string Style, string Word)[] present =
                [.. Series.Where(series => histogram.Count(bin, series.Decision) > 0).Reverse()];
            double width = (slot * 0.86) / Math.Max(1, present.Length);
            double x = Left + (slot * bin) + (slot * 0.07);
            foreach ((Decision decision, string style, _) in present)
            {
                double y = HeightOf(histogram, histogram.Count(bin, decision));
                chart.Rectangle(x, y, width, Bottom - y, style);
                x += width;
            }
        }
    }

    private static void DrawWeightAxis(SvgChart chart, WeightHistogram histogram)
    {
        chart.Line(Left, Bottom, Right, Bottom, "axis");
        double step = SvgScale.TickStep(histogram.High - histogram.Low, 12);
        for (double weight = Math.Ceiling(histogram.Low / step) * step; weight <= histogram.High; weight += step)
        {
            double x = PlaceOf(histogram, weight);
            chart.Line(x, Bottom, x, Bottom + 5, "axis");
            chart.Label(x, Bottom + 19, SvgScale.TickLabel(weight), "middle", "soft");
        }

        chart.Label((Left + Right) / 2.0, Bottom + 38, "match weight, in bits", "middle", "soft");
    }

    private static void DrawLimit(
        SvgChart chart, WeightHistogram histogram, double weight, string words, double y, bool isLeft)
    {
        const int LabelRoom = 150;
        const int Gap = 5;
        double x = PlaceOf(histogram, weight);
        bool labelLeft = isLeft ? x > Left + LabelRoom : x > Right - LabelRoom;
        chart.Line(x, y - 9, x, Bottom, "limit");
        chart.Label(
            labelLeft ? x - Gap : x + Gap, y, $"{words} {FigureText.Weight(weight)}", labelLeft ? "end" : "start");
    }

    private static void DrawLegend(SvgChart chart)
    {
        double x = Left;
        foreach ((_, string style, string word) in Series)
        {
            chart.Rectangle(x, Height - 17, 12, 12, style);
            chart.Label(x + 18, Height - 6, word, "start");
            x += 110;
        }
    }

    private static double PlaceOf(WeightHistogram histogram, double weight) =>
        Left + ((weight - histogram.Low) / (histogram.High - histogram.Low) * (Right - Left));

    private static double HeightOf(WeightHistogram histogram, long count) =>
        Bottom - (Math.Log10(count / LeastCount) / Math.Log10(histogram.Largest * 1.2 / LeastCount) * (Bottom - Top));
}
