namespace Linkage.Cli.Input;

/// <summary>Where the fields of a schema are in an open file.</summary>
internal sealed class ColumnMap
{
    private const string TruthPrefix = "truth_";

    private ColumnMap(int idColumn, FieldColumns[] fields)
    {
        IdColumn = idColumn;
        Fields = fields;
    }

    /// <summary>The index of the id column; -1 when none was asked for.</summary>
    public int IdColumn { get; }

    /// <summary>The columns of each field, in the order of the fields.</summary>
    public IReadOnlyList<FieldColumns> Fields { get; }

    /// <summary>Finds the fields in a file's header.</summary>
    /// <param name="reader">The open file.</param>
    /// <param name="fields">The schema's field names.</param>
    /// <param name="columns">What the agency says of its columns; null for the fields' own names.</param>
    /// <param name="idColumn">The id column; null takes the one of <paramref name="columns"/>, if any.</param>
    /// <returns>The map; the reader's header counts as confirmed from now on.</returns>
    /// <exception cref="InputException">A column is missing, or the columns file maps an unknown field.</exception>
    /// <exception cref="PolicyException">A field is mapped to a column of true answers.</exception>
    public static ColumnMap Resolve(
        CsvRecordReader reader, IReadOnlyList<string> fields, ColumnsFile? columns, string? idColumn)
    {
        foreach (string mapped in columns?.Fields.Keys ?? [])
        {
            if (!fields.Contains(mapped, StringComparer.Ordinal))
            {
                throw new InputException(columns!.File, $"field '{mapped}' is not a field of the schema");
            }
        }

        int id = (idColumn ?? columns?.Id) is string name ? IndexOf(reader, name) : -1;
        FieldColumns[] found = new FieldColumns[fields.Count];
        for (int i = 0; i < found.Length; i++)
        {
            FieldSource source = columns is not null && columns.Fields.TryGetValue(fields[i], out FieldSource? given)
                ? given
                : FieldSource.InOneColumn(fields[i]);
            found[i] = Find(reader, fields[i], source);
        }

        reader.IsHeaderConfirmed = id >= 0 || found.Any(field => !field.IsAbsent);
        return new ColumnMap(id, found);
    }

    /// <summary>Whether a column holds true answers, which are never encoded.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>True for names that begin with "truth_", whatever the letter case.</returns>
    public static bool IsTruth(ReadOnlySpan<char> column) =>
        column.Trim().StartsWith(TruthPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds a column by its name.</summary>
    /// <param name="reader">The open file.</param>
    /// <param name="column">The name; letter case is ignored when no name agrees in it and only one without.</param>
    /// <returns>The column's index.</returns>
    /// <exception cref="InputException">There is no such column.</exception>
    public static int IndexOf(CsvRecordReader reader, string column)
    {
        int index = Search(reader, column);
        return index >= 0
            ? index
            : throw new InputException(reader.File, $"column '{column}' is missing from the header row{Hint(reader)}");
    }

    // A delimiter that is not detected leaves the whole header in one cell.
    private static string Hint(CsvRecordReader reader) => reader.Columns.Count > 1
        ? string.Empty
        : "; the header row has one column only, so the delimiter may have to be named in the columns file";

    private static int Search(CsvRecordReader reader, string column)
    {
        string wanted = column.Trim();
        int loose = -1;
        int looseCount = 0;
        for (int i = 0; i < reader.Columns.Count; i++)
        {
            if (reader.Columns[i].Equals(wanted, StringComparison.Ordinal))
            {
                return i;
            }

            if (reader.Columns[i].Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                loose = i;
                looseCount++;
            }
        }

        return looseCount == 1 ? loose : -1;
    }

    private static FieldColumns Find(CsvRecordReader reader, string field, FieldSource source)
    {
        if (source == FieldSource.Absent)
        {
            return FieldColumns.Absent;
        }

        return source.Whole is string whole
            ? new(IndexOfField(reader, field, whole), -1, -1, -1)
            : new(
                -1,
                IndexOfField(reader, field, source.Year!),
                IndexOfField(reader, field, source.Month!),
                IndexOfField(reader, field, source.Day!));
    }

    private static int IndexOfField(CsvRecordReader reader, string field, string column)
    {
        if (IsTruth(column))
        {
            throw new PolicyException($"{reader.File}: column '{column}' holds true answers and is never encoded");
        }

        int index = Search(reader, column);
        return index >= 0
            ? index
            : throw new InputException(
                reader.File,
                $"field '{field}' has no column: '{column}' is missing from the header row; map the field to a "
                + $"column in the columns file, or to null if this party does not hold it{Hint(reader)}");
    }
}
