using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>The groups of a run by link id, from any position on. Thread-safe.</summary>
internal sealed class GroupStream
{
    private readonly Stored.UnitStore _store;

    public GroupStream(Stored.UnitStore store)
    {
        _store = store;
    }

    /// <summary>The groups, single records as groups of one if they are asked for.</summary>
    public async IAsyncEnumerable<StreamGroupsResponse> ReadAsync(
        StreamGroupsRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var outcome = RunOutcome.Find(_store, request.RunId);
        outcome.RequireOutput(Stored.OutputType.Groups);
        RunSummary summary = await outcome.ReadSummaryAsync(cancellation);
        string name = request.IncludeSingleRecords ? ResultNames.AllGroups : ResultNames.LinkedGroups;
        using RowTable groups = await outcome.OpenAsync(
            Stored.SegmentKind.Entities, name, RowLengths.Group, cancellation);
        using RowTable records = await outcome.OpenAsync(
            Stored.SegmentKind.Entities, ResultNames.Groups, RowLengths.GroupRecord, cancellation);
        ResultStreams.RequirePosition(request.StartPosition, groups.Count);
        for (long position = request.StartPosition; position < groups.Count;)
        {
            outcome.RequireStillThere();
            StreamGroupsResponse part = new() { Position = position, TotalRows = groups.Count };
            await FillAsync(part, groups, records, summary.Parties, cancellation);
            position += part.Groups.Count;
            yield return part;
        }
    }

    private static async Task FillAsync(
        StreamGroupsResponse part,
        RowTable groups,
        RowTable records,
        IReadOnlyList<string> parties,
        CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> places = await groups.ReadAsync(
            part.Position, ResultStreams.RowsPerMessage, cancellation);
        (long First, int Count)[] wanted = [.. Places(places.Span)];
        int used = 0;
        int recordsUsed = 0;
        while (used < wanted.Length && (used == 0 || recordsUsed + wanted[used].Count <= ResultStreams.RowsPerMessage))
        {
            recordsUsed += wanted[used++].Count;
        }

        long first = wanted[0].First;
        long end = wanted[used - 1].First + wanted[used - 1].Count;
        ReadOnlyMemory<byte> rows = await records.ReadAsync(first, checked((int)(end - first)), cancellation);
        foreach ((long groupFirst, int count) in wanted.AsSpan(0, used))
        {
            int offset = (int)(groupFirst - first) * RowLengths.GroupRecord;
            part.Groups.Add(GroupOf(rows.Span.Slice(offset, count * RowLengths.GroupRecord), parties));
        }
    }

    private static List<(long First, int Count)> Places(ReadOnlySpan<byte> rows)
    {
        List<(long First, int Count)> places = [];
        for (; rows.Length > 0; rows = rows[RowLengths.Group..])
        {
            places.Add((
                BinaryPrimitives.ReadInt64LittleEndian(rows),
                BinaryPrimitives.ReadInt32LittleEndian(rows[sizeof(long)..])));
        }

        return places;
    }

    private static LinkedGroup GroupOf(ReadOnlySpan<byte> rows, IReadOnlyList<string> parties)
    {
        LinkedGroup group = new() { LinkId = RowCells.ReadId(rows) };
        for (; rows.Length > 0; rows = rows[RowLengths.GroupRecord..])
        {
            group.Records.Add(new RecordHandle
            {
                Party = parties[BinaryPrimitives.ReadInt32LittleEndian(rows[RowLengths.Id..])],
                Handle = RowCells.ReadId(rows[(RowLengths.Id + sizeof(int))..]),
            });
        }

        return group;
    }
}
