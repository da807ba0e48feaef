using Linkage.Core;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>For every party a file of its own: the link id of each of its records, by handle.</summary>
internal static class OwnLinkRows
{
    public static void Write(
        LinkResult result, Func<SegmentKind, string, Stream> begin, CancellationToken cancellation)
    {
        Span<byte> row = stackalloc byte[RowLengths.OwnLink];
        int record = 0;
        for (int file = 0; file < result.Files.Count; file++)
        {
            cancellation.ThrowIfCancellationRequested();
            Stream stream = begin(SegmentKind.Entities, ResultNames.OwnLinks(result.Files[file].Party));
            for (int end = record + result.Files[file].RecordCount; record < end; record++)
            {
                RowCells.WriteId(row, result.Record(record).Handle);
                RowCells.WriteId(row[RowLengths.Id..], result.LinkIds[result.EntityOf(record)]);
                stream.Write(row);
            }
        }
    }
}
