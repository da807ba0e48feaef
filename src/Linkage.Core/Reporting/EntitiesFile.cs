namespace Linkage.Core.Reporting;

/// <summary>The link id of every record as comma-separated values, party after party, by rising handle.</summary>
internal static class EntitiesFile
{
    private const int RowsPerCheck = 1 << 14;

    public static void Write(LinkResult result, Stream stream, CancellationToken cancellationToken)
    {
        var lines = new CsvLines(stream);
        lines.Write("party,handle,link_id\n"u8);
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
            lines.Write(","u8);
            lines.Write(result.LinkIds[result.EntityOf(i)]);
            lines.Write("\n"u8);
        }

        lines.Flush();
    }
}
