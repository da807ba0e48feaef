using System.Numerics;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;

namespace Linkage.Core.Merging;

/// <summary>
/// Every pair of records that met in some pass, once, with the pattern of the first pass in which it met.
/// </summary>
internal sealed class CandidatePairs
{
    private CandidatePairs(int[] left, int[] right, int[] pattern, ushort[] captures, AgreementPattern[] patterns)
    {
        Left = left;
        Right = right;
        Pattern = pattern;
        Captures = captures;
        Patterns = patterns;
    }

    public int Count => Left.Length;

    /// <summary>The record of the earlier file, or the earlier record of one file.</summary>
    public int[] Left { get; }

    public int[] Right { get; }

    /// <summary>Index into <see cref="Patterns"/>.</summary>
    public int[] Pattern { get; }

    /// <summary>The passes in which the pair met: bit i for pass i.</summary>
    public ushort[] Captures { get; }

    /// <summary>The distinct patterns by rising code, each pair counted once.</summary>
    public AgreementPattern[] Patterns { get; }

    public static CandidatePairs From(List<MetPair> met)
    {
        met.Sort();
        int count = 0;
        for (int i = 0; i < met.Count; i++)
        {
            count += IsFirst(met, i) ? 1 : 0;
        }

        int[] left = new int[count];
        int[] right = new int[count];
        ulong[] codes = new ulong[count];
        ushort[] captures = new ushort[count];
        int at = -1;
        for (int i = 0; i < met.Count; i++)
        {
            if (IsFirst(met, i))
            {
                at++;
                left[at] = met[i].Left;
                right[at] = met[i].Right;
                codes[at] = met[i].Vector.Code;
            }

            captures[at] |= (ushort)(1 << met[i].Pass);
        }

        (int[] pattern, AgreementPattern[] patterns) = CountPatterns(codes);
        return new CandidatePairs(left, right, pattern, captures, patterns);
    }

    /// <summary>The index of a pair, or -1 when the two never met.</summary>
    public int IndexOf(int left, int right)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (Left[middle] < left || (Left[middle] == left && Right[middle] < right))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < Count && Left[low] == left && Right[low] == right ? low : -1;
    }

    /// <summary>How many pairs met in each pass for the first time.</summary>
    public long[] CountByFirstPass(int passCount)
    {
        long[] counts = new long[passCount];
        foreach (ushort capture in Captures)
        {
            counts[BitOperations.TrailingZeroCount(capture)]++;
        }

        return counts;
    }

    /// <summary>Counts pairs by pattern, capture history and what is known of them, in that order.</summary>
    /// <param name="known">What a person has decided, by pair; null for nothing.</param>
    public EstimationCell[] CountCells(IReadOnlyDictionary<int, bool>? known = null) =>
        CountCells(known, i => Captures[i]);

    /// <summary>The same as if all pairs had met in one and the same pass.</summary>
    /// <param name="known">What a person has decided, by pair; null for nothing.</param>
    public EstimationCell[] CountCellsWithoutCaptures(IReadOnlyDictionary<int, bool>? known = null) =>
        CountCells(known, _ => 1);

    private EstimationCell[] CountCells(IReadOnlyDictionary<int, bool>? known, Func<int, ushort> captures)
    {
        var counts = new Dictionary<(int Pattern, ushort Captures, int Known), long>();
        for (int i = 0; i < Count; i++)
        {
            bool isMatch = false;
            bool isKnown = known?.TryGetValue(i, out isMatch) == true;
            (int, ushort, int) cell = (Pattern[i], captures(i), !isKnown ? 0 : isMatch ? 1 : -1);
            counts[cell] = counts.GetValueOrDefault(cell) + 1;
        }

        return
        [
            .. counts.OrderBy(entry => entry.Key).Select(entry => new EstimationCell(
                entry.Key.Pattern,
                Patterns[entry.Key.Pattern].Vector,
                entry.Key.Captures,
                entry.Value,
                entry.Key.Known == 0 ? null : entry.Key.Known > 0)),
        ];
    }

    private static bool IsFirst(List<MetPair> met, int i) =>
        i == 0 || met[i].Left != met[i - 1].Left || met[i].Right != met[i - 1].Right;

    private static (int[] Pattern, AgreementPattern[] Patterns) CountPatterns(ulong[] codes)
    {
        var counts = new SortedDictionary<ulong, long>();
        foreach (ulong code in codes)
        {
            counts[code] = counts.GetValueOrDefault(code) + 1;
        }

        AgreementPattern[] patterns =
        [
            .. counts.Select(entry => new AgreementPattern(new ComparisonVector(entry.Key), entry.Value)),
        ];
        ulong[] sorted = [.. counts.Keys];
        int[] pattern = new int[codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            pattern[i] = Array.BinarySearch(sorted, codes[i]);
        }

        return (pattern, patterns);
    }
}
