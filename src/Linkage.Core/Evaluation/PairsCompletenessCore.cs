using System.Numerics;

namespace Linkage.Core.Evaluation;

/// <summary>Chooses the passes that captures are compared over: no two of them may draw on one field.</summary>
internal static class PairsCompletenessCore
{
    /// <summary>Fewer passes tell nothing of how captures hang together.</summary>
    internal const int Fewest = 3;

    // More make cells that are mostly empty and add next to nothing.
    private const int Most = 5;

    /// <summary>A largest set of passes without a common field; of several the one with the most captures.</summary>
    /// <param name="keyFields">For every pass the fields of its key.</param>
    /// <param name="captured">For every pass the matches it brought together; one without any is left out.</param>
    /// <returns>The passes as bits.</returns>
    public static int Choose(IReadOnlyList<IReadOnlyList<int>> keyFields, ReadOnlySpan<double> captured)
    {
        int[] rivals = [.. keyFields.Select(fields => FindRivals(keyFields, fields))];
        int best = 0;
        double bestCaptured = 0;
        for (int set = 1; set < 1 << rivals.Length; set++)
        {
            int size = BitOperations.PopCount((uint)set);
            if (size > Most || size < BitOperations.PopCount((uint)best) || !IsDisjoint(set, rivals, captured))
            {
                continue;
            }

            double sum = Sum(set, captured);
            if (size > BitOperations.PopCount((uint)best) || sum > bestCaptured)
            {
                best = set;
                bestCaptured = sum;
            }
        }

        return best;
    }

    private static int FindRivals(IReadOnlyList<IReadOnlyList<int>> keyFields, IReadOnlyList<int> fields)
    {
        int rivals = 0;
        for (int pass = 0; pass < keyFields.Count; pass++)
        {
            rivals |= keyFields[pass].Intersect(fields).Any() ? 1 << pass : 0;
        }

        return rivals;
    }

    private static bool IsDisjoint(int set, int[] rivals, ReadOnlySpan<double> captured)
    {
        for (int rest = set; rest != 0; rest &= rest - 1)
        {
            int pass = BitOperations.TrailingZeroCount(rest);
            if ((set & rivals[pass] & ~(1 << pass)) != 0 || captured[pass] <= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static double Sum(int set, ReadOnlySpan<double> captured)
    {
        double sum = 0;
        for (int rest = set; rest != 0; rest &= rest - 1)
        {
            sum += captured[BitOperations.TrailingZeroCount(rest)];
        }

        return sum;
    }
}
