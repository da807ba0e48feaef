using Linkage.Cli.Input;

namespace Linkage.Cli.Owner;

/// <summary>Takes a record's raw values, in schema order, out of a CSV row.</summary>
/// <param name="reader">The open file.</param>
/// <param name="columns">Where the fields are.</param>
internal sealed class RecordValues(CsvRecordReader reader, IReadOnlyList<FieldColumns> columns)
{
    private readonly string?[] _values = new string?[columns.Count];

    /// <summary>Reads the values of the current row.</summary>
    /// <returns>One value a field, null when missing; good until the next call.</returns>
    public ReadOnlySpan<string?> Read()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            FieldColumns field = columns[i];
            _values[i] = field.IsAbsent ? null
                : field.IsThreeColumns ? DateParts.Join(reader[field.Year], reader[field.Month], reader[field.Day])
                : reader.GetString(field.Whole);
        }

        return _values;
    }
}
