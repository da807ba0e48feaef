using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;

namespace Linkage.Core.Blocking;

/// <summary>Joins the rows of one pass on their block tokens and compares every pair that meets.</summary>
/// <remarks>
/// Rows rise by token in every file, so the join walks all files once. Tokens are spread evenly; 256 ranges by their
/// first byte are walked in parallel and their results joined in order, so nothing depends on threads.
/// </remarks>
internal sealed class PassJoin
{
    private const int RangeCount = 256;
    private const int TokenBits = 128;
    private const int RangeShift = TokenBits - 8;

    private readonly EncodedPass[] _passes;
    private readonly int[] _rowOffsets;
    private readonly bool[] _compareWithin;
    private readonly RowComparer _comparer;

    /// <summary>Makes a join.</summary>
    /// <param name="files">The parties' files.</param>
    /// <param name="pass">Index of the pass.</param>
    /// <param name="compareWithin">For every party, whether its own records are compared with each other.</param>
    /// <param name="comparer">Compares two rows.</param>
    public PassJoin(IReadOnlyList<EncodedFile> files, int pass, bool[] compareWithin, RowComparer comparer)
    {
        _passes = [.. files.Select(file => file.Passes[pass])];
        _rowOffsets = new int[_passes.Length + 1];
        for (int i = 0; i < _passes.Length; i++)
        {
            _rowOffsets[i + 1] = checked(_rowOffsets[i] + _passes[i].RowCount);
        }

        _compareWithin = compareWithin;
        _comparer = comparer;
    }

    /// <summary>Joins and compares.</summary>
    /// <returns>All pairs in the order of their tokens, and the counts.</returns>
    public (List<RowPair> Pairs, RangeCounts Counts) Run(CancellationToken cancellationToken)
    {
        var ranges = new (List<RowPair> Pairs, RangeCounts Counts)[RangeCount];
        Parallel.For(
            0,
            RangeCount,
            new ParallelOptions { CancellationToken = cancellationToken },
            range => ranges[range] = RunRange(range));
        var all = new List<RowPair>(ranges.Sum(range => range.Pairs.Count));
        RangeCounts counts = default;
        foreach ((List<RowPair> pairs, RangeCounts part) in ranges)
        {
            all.AddRange(pairs);
            counts = counts.Plus(part);
        }

        return (all, counts);
    }

    private (List<RowPair> Pairs, RangeCounts Counts) RunRange(int range)
    {
        var pairs = new List<RowPair>();
        RangeCounts counts = default;
        Span<int> starts = stackalloc int[_passes.Length];
        Span<int> ends = stackalloc int[_passes.Length];
        Span<int> limits = stackalloc int[_passes.Length];
        for (int i = 0; i < _passes.Length; i++)
        {
            starts[i] = FindFirst(_passes[i], (UInt128)range << RangeShift);
            limits[i] = range == RangeCount - 1
                ? _passes[i].RowCount
                : FindFirst(_passes[i], (UInt128)(range + 1) << RangeShift);
        }

        while (TryFindBlock(starts, limits, ends))
        {
            counts = counts.Plus(CompareBlock(starts, ends, pairs));
            ends.CopyTo(starts);
        }

        return (pairs, counts);
    }

    private bool TryFindBlock(ReadOnlySpan<int> starts, ReadOnlySpan<int> limits, Span<int> ends)
    {
        UInt128 least = UInt128.MaxValue;
        bool any = false;
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] < limits[i])
            {
                least = UInt128.Min(least, _passes[i].Token(starts[i]));
                any = true;
            }
        }

        for (int i = 0; i < starts.Length; i++)
        {
            ends[i] = starts[i];
            while (ends[i] < limits[i] && _passes[i].Token(ends[i]) == least)
            {
                ends[i]++;
            }
        }

        return any;
    }

    private RangeCounts CompareBlock(ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, List<RowPair> pairs)
    {
        int size = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            size += ends[i] - starts[i];
        }

        if (size > SchemaLimits.MaxBlockRecords)
        {
            return new RangeCounts(0, size, 1);
        }

        int before = pairs.Count;
        for (int left = 0; left < starts.Length; left++)
        {
            if (_compareWithin[left])
            {
                CompareWithin(left, starts[left], ends[left], pairs);
            }

            for (int right = left + 1; right < starts.Length; right++)
            {
                CompareAcross(left, right, starts, ends, pairs);
            }
        }

        return new RangeCounts(pairs.Count > before ? 1 : 0, size, 0);
    }

    private void CompareAcross(
        int left, int right, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, List<RowPair> pairs)
    {
        for (int i = starts[left]; i < ends[left]; i++)
        {
            for (int j = starts[right]; j < ends[right]; j++)
            {
                ComparisonVector vector = _comparer.Compare(_passes[left], i, _passes[right], j);
                pairs.Add(new RowPair(_rowOffsets[left] + i, _rowOffsets[right] + j, vector));
            }
        }
    }

    private void CompareWithin(int party, int start, int end, List<RowPair> pairs)
    {
        for (int i = start; i < end; i++)
        {
            for (int j = i + 1; j < end; j++)
            {
                ComparisonVector vector = _comparer.Compare(_passes[party], i, _passes[party], j);
                pairs.Add(new RowPair(_rowOffsets[party] + i, _rowOffsets[party] + j, vector));
            }
        }
    }

    private static int FindFirst(EncodedPass pass, UInt128 token)
    {
        int low = 0;
        int high = pass.RowCount;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (pass.Token(middle) < token)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
