using Linkage.Cli.Input;

namespace Linkage.Cli.Output;

/// <summary>The map from handles to an owner's ids ("a.map.csv"), which never leaves the owner.</summary>
/// <remarks>The library writes it beside the encoded file; the tool only reads it.</remarks>
internal static class MapFile
{
    private const string HandleColumn = "handle";
    private const string IdColumn = "source_id";

    /// <summary>Reads a whole map.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The rows in file order; each handle and each id occurs once.</returns>
    /// <exception cref="InputException">A column is missing; a handle or id is malformed or occurs twice.</exception>
    public static IReadOnlyList<MapEntry> Read(string path, CancellationToken cancellation)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(path, new CsvReadOptions { Delimiter = ',' });
        int handleColumn = ColumnMap.IndexOf(reader, HandleColumn);
        int idColumn = ColumnMap.IndexOf(reader, IdColumn);
        reader.IsHeaderConfirmed = true;

        List<MapEntry> entries = [];
        HashSet<UInt128> handles = [];
        IdRegister ids = new();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            UInt128 handle = ReadHandle(reader, handleColumn);
            if (!handles.Add(handle))
            {
                throw reader.Refuse("the handle occurs a second time", handleColumn);
            }

            entries.Add(new MapEntry(handle, ids.Add(reader, idColumn)));
        }

        return entries;
    }

    /// <summary>Reads the handle in a cell.</summary>
    /// <param name="reader">Stands on a row.</param>
    /// <param name="column">The column's index.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="InputException">The cell does not hold a handle.</exception>
    public static UInt128 ReadHandle(CsvRecordReader reader, int column) =>
        HandleText.TryParse(reader[column], out UInt128 handle)
            ? handle
            : throw reader.Refuse("not a handle of 32 lower-case hexadecimal digits", column);
}
