namespace Linkage.Core.Reporting;

/// <summary>The link id of every record as comma-separated values, party after party, by rising handle.</summary>
internal static class EntitiesFile
{
    public static void Write(LinkResult result, Stream stream, CancellationToken cancellationToken) =>
        RecordLines.Write(
            result,
            stream,
            "link_id\n"u8,
            (lines, record) =>
            {
                lines.Write(","u8);
                lines.Write(result.LinkIds[result.EntityOf(record)]);
                lines.Write("\n"u8);
            },
            cancellationToken);
}
