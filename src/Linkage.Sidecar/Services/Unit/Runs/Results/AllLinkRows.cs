using Linkage.Core;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>The link id of every record, file after file and by handle; nobody is handed it.</summary>
internal static class AllLinkRows
{
    public static void Write(
        LinkResult result, Func<SegmentKind, string, Stream> begin, CancellationToken cancellation)
    {
        Stream stream = begin(SegmentKind.Entities, ResultNames.AllLinks);
        Span<byte> row = stackalloc byte[RowLengths.Id];
        for (int record = 0; record < result.RecordCount; record++)
        {
            if (record % ResultStreams.RowsPerMessage == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            RowCells.WriteId(row, result.LinkIds[result.EntityOf(record)]);
            stream.Write(row);
        }
    }
}
