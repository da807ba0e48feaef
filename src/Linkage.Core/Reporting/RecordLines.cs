namespace Linkage.Core.Reporting;

/// <summary>A line for every record, party after party, by rising handle: who it is, and what follows.</summary>
internal static class RecordLines
{
    private const int RowsPerCheck = 1 << 14;

    /// <summary>Writes a file of such lines.</summary>
    /// <param name="result">The records.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="columns">The names of the columns behind party and handle, the line's end with them.</param>
    /// <param name="writeRest">Writes a record's columns behind these two, the comma before and the line's end.</param>
    /// <param name="cancellationToken">Stops between two lines.</param>
    public static void Write(
        LinkResult result,
        Stream stream,
        ReadOnlySpan<byte> columns,
        Action<CsvLines, int> writeRest,
        CancellationToken cancellationToken)
    {
        var lines = new CsvLines(stream);
        lines.Write("party,handle,"u8);
        lines.Write(columns);
        for (int i = 0; i < result.RecordCount; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            RecordReference record = result.Record(i);
            lines.WriteCell(record.Party);
            lines.Write(","u8);
            lines.Write(record.Handle);
            writeRest(lines, i);
        }

        lines.Flush();
    }
}
