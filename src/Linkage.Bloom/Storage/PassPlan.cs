using System.Buffers.Binary;
using Linkage.Bloom.Protection;

namespace Linkage.Bloom.Storage;

/// <summary>Which records travel in a pass, in which order: by block token, random within a block.</summary>
/// <remarks>
/// Tokens are keyed, so their order says nothing of records or keys, and two parties' sections join by walking both.
/// </remarks>
internal sealed class PassPlan
{
    private PassPlan(int[] records, PassCounts counts)
    {
        Records = records;
        Counts = counts;
    }

    /// <summary>Record of every row.</summary>
    public int[] Records { get; }

    public PassCounts Counts { get; }

    public static PassPlan Create(RecordStore store, RecordEncoder encoder, int pass)
    {
        Entry[] entries = Collect(store, encoder, pass);
        Array.Sort(entries);
        int limit = encoder.Schema.EffectiveBlockLimit;
        var records = new List<int>(entries.Length);
        int droppedBlocks = 0;
        int largest = 0;
        for (int start = 0, end; start < entries.Length; start = end)
        {
            end = start + 1;
            while (end < entries.Length && entries[end].Token == entries[start].Token)
            {
                end++;
            }

            largest = Math.Max(largest, end - start);
            if (end - start > limit)
            {
                droppedBlocks++;
                continue;
            }

            for (int i = start; i < end; i++)
            {
                records.Add(entries[i].Record);
            }
        }

        var counts = new PassCounts(
            records.Count, store.Count - entries.Length, entries.Length - records.Count, droppedBlocks, largest);
        return new PassPlan([.. records], counts);
    }

    private static Entry[] Collect(RecordStore store, RecordEncoder encoder, int pass)
    {
        var entries = new List<Entry>(store.Count);
        var random = new RandomBytes();
        Span<byte> order = stackalloc byte[sizeof(ulong)];
        for (int record = 0; record < store.Count; record++)
        {
            ReadOnlySpan<byte> row = store[record];
            if (RecordRow.HasKey(row, pass))
            {
                random.Fill(order);
                UInt128 token = BinaryPrimitives.ReadUInt128BigEndian(encoder.Row.Digest(row, pass));
                entries.Add(new Entry(token, BinaryPrimitives.ReadUInt64LittleEndian(order), record));
            }
        }

        return [.. entries];
    }

    private readonly record struct Entry(UInt128 Token, ulong Random, int Record) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            int byToken = Token.CompareTo(other.Token);
            return byToken != 0 ? byToken : Random.CompareTo(other.Random);
        }
    }
}
