using System.Globalization;

namespace Linkage.Core.Reporting;

/// <summary>A drawing of shares against shares: axes, grid and what is put on it. Dispose it to end it.</summary>
internal sealed class UnitSquareChart : IDisposable
{
    private const int Width = 760;
    private const int Height = 420;
    private const int Left = 62;
    private const int Right = 660;
    private const int Top = 28;
    private const int Bottom = 364;
    private const int Ticks = 5;

    private readonly HtmlWriter _html;
    private readonly SvgChart _chart;
    private readonly double _from;

    /// <summary>Begins the drawing.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="id">Unique in the document.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="description">What it shows, for those who do not see it.</param>
    /// <param name="axes">What runs across and what up.</param>
    /// <param name="from">Where both axes begin, below 1.</param>
    public UnitSquareChart(
        HtmlWriter html, string id, string title, string description, (string Across, string Up) axes, double from = 0)
    {
        _html = html;
        _from = from;
        html.Open("figure");
        html.Element("figcaption", title);
        _chart = SvgChart.Begin(html, id, title, description, Width, Height);
        for (int tick = 0; tick <= Ticks; tick++)
        {
            double share = from + ((1 - from) * tick / Ticks);
            string label = share.ToString("0.##", CultureInfo.InvariantCulture);
            _chart.Line(X(share), Top, X(share), Bottom, "grid");
            _chart.Line(Left, Y(share), Right, Y(share), "grid");
            _chart.Label(X(share), Bottom + 18, label, "middle", "soft");
            _chart.Label(Left - 8, Y(share) + 4, label, "end", "soft");
        }

        _chart.Line(Left, Bottom, Right, Bottom, "axis");
        _chart.Line(Left, Top, Left, Bottom, "axis");
        _chart.Label((Left + Right) / 2.0, Bottom + 40, axes.Across, "middle", "soft");
        _chart.Label(4, Top - 12, axes.Up, "start", "soft");
    }

    /// <summary>Draws the line from one point to another; what lies before the axes' beginning is left out.</summary>
    public void Line((double Across, double Up) from, (double Across, double Up) to, string style)
    {
        if (Math.Min(Math.Min(from.Across, from.Up), Math.Min(to.Across, to.Up)) >= _from)
        {
            _chart.Line(X(from.Across), Y(from.Up), X(to.Across), Y(to.Up), style);
        }
    }

    /// <summary>Draws a dot that says what it is when pointed at.</summary>
    public void Dot(double across, double up, string style, string meaning)
    {
        if (Math.Min(across, up) >= _from)
        {
            _chart.Dot(X(across), Y(up), 5, style, meaning);
        }
    }

    /// <summary>Ends the drawing.</summary>
    public void Dispose()
    {
        _chart.Dispose();
        _html.Close();
    }

    private double X(double share) => Left + ((share - _from) / (1 - _from) * (Right - Left));

    private double Y(double share) => Bottom - ((share - _from) / (1 - _from) * (Bottom - Top));
}
