namespace Linkage.Core.Reporting;

/// <summary>A table being written: caption, column headings, rows with a heading each. Dispose it to end it.</summary>
internal sealed class HtmlTable : IDisposable
{
    private readonly HtmlWriter _html;
    private readonly HtmlColumn[] _columns;
    private int _column;
    private bool _hasRows;

    public HtmlTable(HtmlWriter html, string caption, params ReadOnlySpan<HtmlColumn> columns)
    {
        _html = html;
        _columns = [.. columns];

        // A wide table scrolls in its own frame; the frame takes the focus so that the keyboard can scroll it too.
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", caption));
        html.Open("table");
        html.Element("caption", caption);
        html.Open("thead");
        html.Open("tr");
        foreach (HtmlColumn column in columns)
        {
            html.Element("th", column.Title, ("scope", "col"), ("class", column.IsNumber ? "number" : "text"));
        }

        html.Close();
        html.Close();
        html.Open("tbody");
    }

    /// <summary>Writes a row of text.</summary>
    public void Row(params ReadOnlySpan<string> cells)
    {
        OpenRow();
        foreach (string cell in cells)
        {
            Cell(cell);
        }

        CloseRow();
    }

    /// <summary>Begins a row whose cells follow one by one.</summary>
    public void OpenRow()
    {
        _html.Open("tr");
        _column = 0;
        _hasRows = true;
    }

    /// <summary>Writes the next cell of the row.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="more">Writes what follows the text in the cell.</param>
    public void Cell(string text, Action<HtmlWriter>? more = null)
    {
        bool isNumber = _columns[_column].IsNumber;
        if (_column == 0)
        {
            _html.Open("th", ("scope", "row"));
        }
        else if (isNumber)
        {
            _html.Open("td", ("class", "number"));
        }
        else
        {
            _html.Open("td");
        }

        _html.Text(text);
        more?.Invoke(_html);
        _html.Close();
        _column++;
    }

    /// <summary>Ends the row.</summary>
    public void CloseRow() => _html.Close();

    /// <summary>Begins a group of rows under a heading of its own.</summary>
    public void Group(string heading)
    {
        if (_hasRows)
        {
            _html.Close();
            _html.Open("tbody");
        }

        _hasRows = true;
        _html.Open("tr", ("class", "group"));
        _html.Element("th", heading, ("scope", "rowgroup"), ("colspan", FigureText.Plain(_columns.Length)));
        _html.Close();
    }

    /// <summary>Ends the table.</summary>
    public void Dispose()
    {
        _html.Close();
        _html.Close();
        _html.Close();
    }
}
