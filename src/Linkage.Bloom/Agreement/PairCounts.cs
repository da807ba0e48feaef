namespace Linkage.Bloom.Agreement;

/// <summary>Exact numbers of pairs, from how often each thing occurs.</summary>
internal static class PairCounts
{
    /// <summary>Pairs of equal values: the sum of c (c − 1) / 2 over values that occur c times.</summary>
    /// <param name="values">One a record, equal for equal values; is sorted.</param>
    public static long Equal(Span<ulong> values)
    {
        values.Sort();
        long pairs = 0;
        for (int start = 0, end; start < values.Length; start = end)
        {
            end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            pairs += Of(end - start);
        }

        return pairs;
    }

    /// <summary>Pairs of different records that have at least one field in common.</summary>
    /// <param name="recordsByPresence">Number of records by the bits of the fields they have; 2^k for k fields.</param>
    public static long Comparable(ReadOnlySpan<int> recordsByPresence)
    {
        // Records whose fields are all among some: a sum over subsets, one bit at a time (Yates 1937).
        long[] within = new long[recordsByPresence.Length];
        for (int fields = 0; fields < within.Length; fields++)
        {
            within[fields] = recordsByPresence[fields];
        }

        for (int bit = 1; bit < within.Length; bit <<= 1)
        {
            for (int fields = 0; fields < within.Length; fields++)
            {
                within[fields] += (fields & bit) != 0 ? within[fields ^ bit] : 0;
            }
        }

        // Ordered pairs, from which a record and itself are taken where it has a field.
        long ordered = 0;
        int all = within.Length - 1;
        for (int fields = 1; fields < within.Length; fields++)
        {
            ordered += recordsByPresence[fields] * (within[all] - within[all & ~fields] - 1);
        }

        return ordered / 2;
    }

    /// <summary>Pairs among so many: n (n − 1) / 2.</summary>
    public static long Of(long count) => count * (count - 1) / 2;
}
