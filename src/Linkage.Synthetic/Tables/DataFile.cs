using System.Text;

namespace Linkage.Synthetic.Tables;

/// <summary>Reads the embedded tables: UTF-8, a header line, cells without quotes.</summary>
internal static class DataFile
{
    internal static IEnumerable<string[]> Rows(string name)
    {
        using Stream stream = typeof(DataFile).Assembly.GetManifestResourceStream($"Linkage.Synthetic.Data.{name}.csv")
            ?? throw new FileNotFoundException("The table is not embedded in the assembly.", name);
        using StreamReader reader = new(stream, Encoding.UTF8);
        int columns = (reader.ReadLine() ?? "").Split(',').Length;
        int row = 1;
        while (reader.ReadLine() is string line)
        {
            row++;
            string[] cells = line.Split(',');
            if (cells.Length != columns)
            {
                throw new FormatException($"Table {name}, row {row}: {cells.Length} cells, expected {columns}.");
            }

            yield return cells;
        }
    }
}
