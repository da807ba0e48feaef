namespace Linkage.Bloom.Blocking;

/// <summary>What the blocks of a pass look like in the kept records, and would at another number of records.</summary>
/// <remarks>
/// <para>
/// c = Σ k(k − 1) / n(n − 1) over the blocks' sizes k of n records: the share of pairs of records that share a key, an
/// unbiased estimate at any population, of which N · c is the pairs a record.
/// </para>
/// <para>
/// The largest block's share p is taken as it is up to n records. Beyond, the largest of thousands of small counts is
/// mostly luck, so its lower bound k − 2√k is extrapolated (two standard errors of a Poisson count), never below what
/// was seen nor below N · c, since Σp² cannot exceed p.
/// </para>
/// </remarks>
internal sealed class PassAdvisorMeasure
{
    private readonly int _records;
    private readonly int _keyed;
    private readonly SortedDictionary<int, int> _blocks = [];

    /// <summary>Measures a pass.</summary>
    /// <param name="sortedKeys">The block keys of the records that have one, in order.</param>
    /// <param name="records">All records.</param>
    public PassAdvisorMeasure(ReadOnlySpan<ulong> sortedKeys, int records)
    {
        _records = records;
        _keyed = sortedKeys.Length;
        for (int start = 0; start < sortedKeys.Length;)
        {
            int end = start + 1;
            while (end < sortedKeys.Length && sortedKeys[end] == sortedKeys[start])
            {
                end++;
            }

            _blocks[end - start] = _blocks.GetValueOrDefault(end - start) + 1;
            start = end;
        }
    }

    private PassAdvisorMeasure(int records, int keyed)
    {
        _records = records;
        _keyed = keyed;
    }

    /// <summary>Share of all pairs of records that share a key.</summary>
    public double Collision => PairShare(double.PositiveInfinity, _records);

    /// <summary>Share of records that have a key.</summary>
    public double Coverage => _records == 0 ? 0 : (double)_keyed / _records;

    /// <summary>Measures a pass by the sizes of its blocks.</summary>
    /// <param name="sizes">The sizes, in any order.</param>
    /// <param name="records">All records.</param>
    public static PassAdvisorMeasure OfSizes(IReadOnlyCollection<int> sizes, int records)
    {
        PassAdvisorMeasure measure = new(records, sizes.Sum());
        foreach (int size in sizes)
        {
            measure._blocks[size] = measure._blocks.GetValueOrDefault(size) + 1;
        }

        return measure;
    }

    /// <summary>Size of the largest block among so many records.</summary>
    public double LargestAt(long population) =>
        _blocks.Count == 0 ? 0 : Math.Max(SizeAt(_blocks.Keys.Max(), population), population * Collision);

    /// <summary>Pairs a record makes in blocks within the limit among so many records.</summary>
    public double PairsAt(long population, int limit) => population * PairShare(limit, population);

    /// <summary>Share of records in blocks over the limit among so many records.</summary>
    public double DroppedAt(long population, int limit)
    {
        long dropped = 0;
        foreach ((int size, int count) in _blocks)
        {
            dropped += SizeAt(size, population) > limit ? (long)size * count : 0;
        }

        return dropped == 0 ? 0 : (double)dropped / _records;
    }

    /// <summary>Size that a block of the kept records would have among so many records.</summary>
    public double SizeAt(int size, long population) => population <= _records
        ? (double)size * population / _records
        : Math.Max(size, (size - (2 * Math.Sqrt(size))) * population / _records);

    private double PairShare(double limit, long population)
    {
        double pairs = 0;
        foreach ((int size, int count) in _blocks)
        {
            pairs += SizeAt(size, population) > limit ? 0 : (double)size * (size - 1) * count;
        }

        return pairs == 0 ? 0 : pairs / ((double)_records * (_records - 1));
    }
}
