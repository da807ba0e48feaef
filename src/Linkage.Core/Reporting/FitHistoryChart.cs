using Linkage.Core.Estimation;

namespace Linkage.Core.Reporting;

/// <summary>Draws how far every start was from the best likelihood of its family, iteration by iteration.</summary>
internal static class FitHistoryChart
{
    private const int Width = 760;
    private const int Height = 260;
    private const int Left = 62;
    private const int Right = 748;
    private const int Top = 24;
    private const int Bottom = 214;

    // Closer to the end than this is at the end.
    private const double Least = 1e-3;

    public static void Write(HtmlWriter html, IReadOnlyList<EmFit> fits)
    {
        int most = fits.Max(fit => fit.History.Count);
        if (most < 2)
        {
            return;
        }

        const string Title = "How the starts came to their ends";
        string description =
            $"A line for every start, over at most {FigureText.Count(most)} iterations: the natural log-likelihood it "
            + "was still short of its own end, on a logarithmic scale. A line that falls steadily has settled.";
        double largest = Math.Max(10 * Least, fits.Max(fit => fit.History[^1] - fit.History[0]));
        html.Open("figure");
        html.Element("figcaption", Title);
        using (SvgChart chart = SvgChart.Begin(html, "history", Title, description, Width, Height))
        {
            DrawAxes(chart, largest, most);
            foreach (EmFit fit in fits)
            {
                DrawFit(chart, fit, largest, most);
            }
        }

        html.Close();
    }

    private static void DrawAxes(SvgChart chart, double largest, int most)
    {
        for (double shortfall = 1e-2; shortfall <= largest; shortfall *= 100)
        {
            double y = HeightOf(shortfall, largest);
            chart.Line(Left, y, Right, y, "grid");
            chart.Label(Left - 8, y + 4, FigureText.Plain(shortfall), "end", "soft");
        }

        chart.Line(Left, Bottom, Right, Bottom, "axis");
        double step = SvgScale.TickStep(most, 10);
        for (double iteration = 0; iteration < most; iteration += step)
        {
            chart.Label(PlaceOf(iteration, most), Bottom + 19, SvgScale.TickLabel(iteration), "middle", "soft");
        }

        chart.Label(4, Top - 12, "short of the end", "start", "soft");
        chart.Label((Left + Right) / 2.0, Bottom + 38, "iteration", "middle", "soft");
    }

    private static void DrawFit(SvgChart chart, EmFit fit, double largest, int most)
    {
        // A long history is thinned: neighbours of a smooth line say the same.
        const int MostSteps = 200;
        int stride = Math.Max(1, fit.History.Count / MostSteps);
        string style = fit.IsChosen ? "used" : "reach";
        for (int at = 0; at + stride < fit.History.Count; at += stride)
        {
            chart.Line(
                PlaceOf(at, most),
                HeightOf(fit.History[^1] - fit.History[at], largest),
                PlaceOf(at + stride, most),
                HeightOf(fit.History[^1] - fit.History[at + stride], largest),
                style);
        }
    }

    private static double PlaceOf(double iteration, int most) => Left + (iteration / (most - 1) * (Right - Left));

    private static double HeightOf(double shortfall, double largest) =>
        Bottom - (Math.Log(Math.Max(Least, shortfall) / Least) / Math.Log(largest / Least) * (Bottom - Top));
}
