namespace Linkage.Sidecar.Tests.Services.Operations;

/// <summary>The tables of <c>docs/operate.md</c> that the program can be held against.</summary>
internal static class OperatePage
{
    public static IReadOnlyList<MetricRow> Metrics() =>
    [
        .. from cells in Rows("figure", 4)
           let labels = cells[2].Length == 0 ? [] : cells[2].Split(", ").Select(Code)
           select new MetricRow(Code(cells[0]), Code(cells[1]), [.. labels], cells[3]),
    ];

    /// <summary>Event, level and message of every line of the log.</summary>
    public static IReadOnlyList<(string Event, string Level, string Message)> Events() =>
        [.. Rows("event", 3).Select(cells => (cells[0], cells[1], Code(cells[2])))];

    private static string Code(string cell) => cell.Trim('`');

    private static IEnumerable<string[]> Rows(string heading, int columns)
    {
        bool isInside = false;
        foreach (string line in File.ReadLines(PagePath()))
        {
            string[] cells = line.StartsWith('|')
                ? [.. line.Trim('|').Split('|').Select(cell => cell.Trim())]
                : [string.Empty];
            if (cells.Length == columns && cells[0] == heading)
            {
                isInside = true;
            }
            else if (isInside && cells.Length == columns && !cells[0].StartsWith("---", StringComparison.Ordinal))
            {
                yield return cells;
            }

            isInside &= line.StartsWith('|');
        }
    }

    private static string PagePath()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Linkage.sln")))
        {
            at = at.Parent;
        }

        return at is null
            ? throw new DirectoryNotFoundException("No folder above the test assembly holds Linkage.sln.")
            : Path.Combine(at.FullName, "docs", "operate.md");
    }
}
