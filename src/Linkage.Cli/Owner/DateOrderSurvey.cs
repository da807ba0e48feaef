using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Input;

namespace Linkage.Cli.Owner;

/// <summary>Finds the order of a file's dates: as told, or from all its date columns in a first reading.</summary>
internal static class DateOrderSurvey
{
    /// <summary>Finds the order.</summary>
    /// <param name="path">The CSV file.</param>
    /// <param name="schema">Says which fields are dates.</param>
    /// <param name="columns">What the agency says of its columns, if anything.</param>
    /// <param name="idColumn">The id column, if one was named.</param>
    /// <param name="progress">Told the share of the file read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The order; year, month, day when no value depends on it.</returns>
    /// <exception cref="InputException">Values depend on the order and do not say which it is.</exception>
    public static DateOrder Find(
        string path,
        LinkageSchema schema,
        ColumnsFile? columns,
        string? idColumn,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        if (columns?.DateOrder is DateOrder told)
        {
            return told;
        }

        using CsvRecordReader reader = CsvRecordReader.Open(path, columns?.ReadOptions ?? CsvReadOptions.Default);
        ColumnMap map = ColumnMap.Resolve(reader, [.. schema.Fields.Select(field => field.Name)], columns, idColumn);
        int[] dates =
        [
            .. map.Fields
                .Where((field, i) => schema.Fields[i].Kind == FieldKind.Date && field.Whole >= 0)
                .Select(field => field.Whole),
        ];
        if (dates.Length == 0)
        {
            return DateOrder.YearMonthDay;
        }

        DateOrderDetector detector = new();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Share);
            foreach (int column in dates)
            {
                detector.Add(reader[column]);
            }
        }

        return Decide(path, detector);
    }

    private static DateOrder Decide(string path, DateOrderDetector detector)
    {
        if (detector.Decide() is DateOrder order)
        {
            return order;
        }

        return detector.IsNeeded
            ? throw new InputException(
                path,
                "the order of day, month and year cannot be told from the dates; name it in the columns file, "
                + "\"dateOrder\": \"dmy\", \"mdy\" or \"ymd\"")
            : DateOrder.YearMonthDay;
    }
}
