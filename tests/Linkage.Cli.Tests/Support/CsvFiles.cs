using Linkage.Cli.Input;

namespace Linkage.Cli.Tests.Support;

/// <summary>Short ways to read whole CSV files, and to be refused.</summary>
internal static class CsvFiles
{
    /// <summary>A word that stands in for a person's data: no message may hold it.</summary>
    public const string Canary = "Zanzibarov";

    /// <summary>Header and rows as read.</summary>
    public static List<string[]> ReadAll(string path, CsvReadOptions? options = null)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(path, options ?? CsvReadOptions.Default);
        List<string[]> table = [[.. reader.Columns]];
        while (reader.Read())
        {
            table.Add([.. Enumerable.Range(0, reader.Columns.Count).Select(reader.GetString)]);
        }

        return table;
    }

    /// <summary>Reads a file with an id column to its end and gives back how the tool would fail.</summary>
    public static Failure Refusal(string path, CsvReadOptions? options = null, string? idColumn = "id")
    {
        Exception? exception = Record.Exception(() =>
        {
            using CsvRecordReader reader = CsvRecordReader.Open(path, options ?? CsvReadOptions.Default);
            ColumnMap map = ColumnMap.Resolve(reader, [], null, idColumn);
            IdRegister ids = new();
            while (reader.Read())
            {
                if (map.IdColumn >= 0)
                {
                    ids.Add(reader, map.IdColumn);
                }
            }
        });
        Assert.NotNull(exception);
        return Failure.From(exception);
    }
}
