namespace Linkage.Core.Reporting;

/// <summary>A drawing with a title and a description for those who do not see it. Dispose it to end it.</summary>
internal sealed class SvgChart : IDisposable
{
    private readonly HtmlWriter _html;

    private SvgChart(HtmlWriter html) => _html = html;

    /// <summary>Begins a drawing that is announced by its title and described.</summary>
    public static SvgChart Begin(HtmlWriter html, string id, string title, string description, int width, int height)
    {
        html.Open(
            "svg",
            ("viewBox", $"0 0 {FigureText.Plain(width)} {FigureText.Plain(height)}"),
            ("role", "img"),
            ("aria-labelledby", $"{id}-title {id}-description"));
        html.Element("title", title, ("id", $"{id}-title"));
        html.Element("desc", description, ("id", $"{id}-description"));
        return new SvgChart(html);
    }

    /// <summary>Draws a bar from one share of its track to another, beside text that says the same.</summary>
    public static void Bar(HtmlWriter html, double from, double to, string style)
    {
        const int Width = 96;
        const int Height = 9;
        html.Open(
            "svg",
            ("width", FigureText.Plain(Width)),
            ("height", FigureText.Plain(Height)),
            ("viewBox", $"0 0 {FigureText.Plain(Width)} {FigureText.Plain(Height)}"),
            ("aria-hidden", "true"));
        using var bar = new SvgChart(html);
        bar.Rectangle(0, 0, Width, Height, "track");
        bar.Rectangle(Width * from, 0, Width * Math.Max(0, to - from), Height, style);
    }

    public void Line(double x1, double y1, double x2, double y2, string style) => _html.Empty(
        "line",
        ("x1", FigureText.Plain(x1)),
        ("y1", FigureText.Plain(y1)),
        ("x2", FigureText.Plain(x2)),
        ("y2", FigureText.Plain(y2)),
        ("class", style));

    public void Rectangle(double x, double y, double width, double height, string style) => _html.Empty(
        "rect",
        ("x", FigureText.Plain(x)),
        ("y", FigureText.Plain(y)),
        ("width", FigureText.Plain(width)),
        ("height", FigureText.Plain(height)),
        ("class", style));

    /// <summary>Draws a dot that says what it is when pointed at.</summary>
    public void Dot(double x, double y, double radius, string style, string meaning)
    {
        _html.Open(
            "circle",
            ("cx", FigureText.Plain(x)),
            ("cy", FigureText.Plain(y)),
            ("r", FigureText.Plain(radius)),
            ("class", style));
        _html.Element("title", meaning);
        _html.Close();
    }

    /// <summary>Writes a label.</summary>
    /// <param name="x">Where its anchor is.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The label.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="style">Class of the style sheet.</param>
    public void Label(double x, double y, string text, string anchor, string style = "") => _html.Element(
        "text",
        text,
        style.Length == 0
            ? [("x", FigureText.Plain(x)), ("y", FigureText.Plain(y)), ("text-anchor", anchor)]
            : [("x", FigureText.Plain(x)), ("y", FigureText.Plain(y)), ("text-anchor", anchor), ("class", style)]);

    /// <summary>Ends the drawing.</summary>
    public void Dispose() => _html.Close();
}
