using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Linkage.Core;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>
/// For every party the new places of its records, by handle, and the mask: at a place with 1 the records of all parties
/// are held to be one person.
/// </summary>
/// <remarks>
/// Places are drawn at random, whatever the seed of the run, since they are what hides who is linked. Their number is
/// the same for all and a power of two, so that it tells a party no more than the order of magnitude of the largest
/// file. Of a party that may list a person more than once the record of the lowest handle has the common place.
/// </remarks>
internal static class PlacementRows
{
    public static void Write(
        LinkResult result, Func<SegmentKind, string, Stream> begin, CancellationToken cancellation)
    {
        EntityRecords entities = new(result);
        int[] common = [.. Enumerable.Range(0, result.EntityCount)
            .Where(entity => HasAllParties(entities, entity, result.Files.Count))];
        int places = PlacesFor(result);
        int[] shuffled = [.. Enumerable.Range(0, places)];
        RandomNumberGenerator.Shuffle<int>(shuffled);
        WriteMask(begin(SegmentKind.Entities, ResultNames.Mask), shuffled.AsSpan(0, common.Length), places);
        int[] placeOf = new int[result.RecordCount];
        Array.Fill(placeOf, -1);
        for (int i = 0; i < common.Length; i++)
        {
            GiveCommonPlace(placeOf, entities, common[i], shuffled[i]);
        }

        int record = 0;
        for (int file = 0; file < result.Files.Count; file++)
        {
            cancellation.ThrowIfCancellationRequested();
            Stream stream = begin(SegmentKind.Entities, ResultNames.Placement(result.Files[file].Party));
            RandomNumberGenerator.Shuffle(shuffled.AsSpan(common.Length));
            ReadOnlySpan<int> free = shuffled.AsSpan(common.Length);
            WriteParty(stream, result, placeOf, record, result.Files[file].RecordCount, free);
            record += result.Files[file].RecordCount;
        }
    }

    private static int PlacesFor(LinkResult result) =>
        checked((int)BitOperations.RoundUpToPowerOf2((uint)result.Files.Max(file => file.RecordCount)));

    private static bool HasAllParties(EntityRecords entities, int entity, int parties)
    {
        int found = 0;
        int before = -1;
        foreach (int record in entities.Of(entity))
        {
            found += entities.FileOf(record) != before ? 1 : 0;
            before = entities.FileOf(record);
        }

        return found == parties;
    }

    // Records rise by file and handle, so the first of a file has the lowest handle.
    private static void GiveCommonPlace(int[] placeOf, EntityRecords entities, int entity, int place)
    {
        int before = -1;
        foreach (int record in entities.Of(entity))
        {
            if (entities.FileOf(record) != before)
            {
                before = entities.FileOf(record);
                placeOf[record] = place;
            }
        }
    }

    private static void WriteMask(Stream stream, ReadOnlySpan<int> linked, int places)
    {
        byte[] mask = new byte[places];
        foreach (int place in linked)
        {
            mask[place] = 1;
        }

        stream.Write(mask);
    }

    private static void WriteParty(
        Stream stream, LinkResult result, int[] placeOf, int first, int count, ReadOnlySpan<int> free)
    {
        Span<byte> row = stackalloc byte[RowLengths.Placement];
        int taken = 0;
        for (int record = first; record < first + count; record++)
        {
            int place = placeOf[record] >= 0 ? placeOf[record] : free[taken++];
            RowCells.WriteId(row, result.Record(record).Handle);
            BinaryPrimitives.WriteInt64LittleEndian(row[RowLengths.Id..], place);
            stream.Write(row);
        }
    }
}
