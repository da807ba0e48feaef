namespace Linkage.Core.Reporting;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="IsNumber">True to align right.</param>
internal readonly record struct HtmlColumn(string Title, bool IsNumber)
{
    public static HtmlColumn Text(string title) => new(title, false);

    public static HtmlColumn Number(string title) => new(title, true);
}
