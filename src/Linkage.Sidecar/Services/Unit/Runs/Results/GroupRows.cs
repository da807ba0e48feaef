using System.Buffers.Binary;
using Linkage.Core;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>The groups by link id: the records of all, and where each is, with single records and without.</summary>
internal static class GroupRows
{
    private const int GroupsPerCheck = 1 << 14;

    public static void Write(
        LinkResult result, Func<SegmentKind, string, Stream> begin, CancellationToken cancellation)
    {
        EntityRecords entities = new(result);
        int[] order = [.. Enumerable.Range(0, result.EntityCount)];
        Array.Sort([.. result.LinkIds], order, StringComparer.Ordinal);
        Stream records = begin(SegmentKind.Entities, ResultNames.Groups);
        Stream all = begin(SegmentKind.Entities, ResultNames.AllGroups);
        Stream linked = begin(SegmentKind.Entities, ResultNames.LinkedGroups);
        long first = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (i % GroupsPerCheck == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            ReadOnlySpan<int> members = entities.Of(order[i]);
            WriteRecords(records, result, entities, result.LinkIds[order[i]], members);
            WritePlace(all, first, members.Length);
            if (members.Length > 1)
            {
                WritePlace(linked, first, members.Length);
            }

            first += members.Length;
        }
    }

    private static void WriteRecords(
        Stream stream, LinkResult result, EntityRecords entities, string linkId, ReadOnlySpan<int> members)
    {
        Span<byte> row = stackalloc byte[RowLengths.GroupRecord];
        RowCells.WriteId(row, linkId);
        foreach (int member in members)
        {
            BinaryPrimitives.WriteInt32LittleEndian(row[RowLengths.Id..], entities.FileOf(member));
            RowCells.WriteId(row[(RowLengths.Id + sizeof(int))..], result.Record(member).Handle);
            stream.Write(row);
        }
    }

    private static void WritePlace(Stream stream, long first, int count)
    {
        Span<byte> row = stackalloc byte[RowLengths.Group];
        BinaryPrimitives.WriteInt64LittleEndian(row, first);
        BinaryPrimitives.WriteInt32LittleEndian(row[sizeof(long)..], count);
        stream.Write(row);
    }
}
