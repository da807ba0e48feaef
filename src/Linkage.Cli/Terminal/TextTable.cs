namespace Linkage.Cli.Terminal;

/// <summary>Cells under each other, for people: the first column to the left, the others to the right.</summary>
/// <param name="head">The column headings.</param>
internal sealed class TextTable(params string[] head)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [head];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many cells as there are headings.</param>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, head.Length);
        _rows.Add(cells);
    }

    /// <summary>Writes the headings and all rows.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(TextWriter writer)
    {
        int[] widths = [.. head.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select(
                (cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            writer.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
