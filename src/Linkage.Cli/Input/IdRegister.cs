using System.Globalization;

namespace Linkage.Cli.Input;

/// <summary>Sees to it that every record of a file has an id of its own.</summary>
/// <remarks>Ids are compared character by character, as other programs will when they join on them.</remarks>
internal sealed class IdRegister
{
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);

    /// <summary>The number of ids taken in.</summary>
    public int Count => _rows.Count;

    /// <summary>Takes in the id of the reader's current row.</summary>
    /// <param name="reader">Stands on a row.</param>
    /// <param name="column">The id column's index.</param>
    /// <returns>The id.</returns>
    /// <exception cref="InputException">The id is empty or was seen before.</exception>
    public string Add(CsvRecordReader reader, int column)
    {
        string id = reader.GetString(column);
        if (string.IsNullOrWhiteSpace(id))
        {
            throw reader.Refuse("the id is empty", column);
        }

        if (!_rows.TryAdd(id, reader.RowNumber))
        {
            string first = _rows[id].ToString(CultureInfo.InvariantCulture);
            throw reader.Refuse($"the id is the same as in row {first}", column);
        }

        return id;
    }
}
