using System.Runtime.InteropServices;

namespace Linkage.Core.Evaluation;

/// <summary>The predicted pairs that count, each once, whichever way round and however often it was given.</summary>
internal static class UniquePairs
{
    /// <summary>Checks, filters and unites the pairs; sorted by record numbers, the smaller one left.</summary>
    /// <remarks>Of several rows of a pair the heaviest holds, and one match makes it a match.</remarks>
    /// <exception cref="ArgumentException">The message names the row.</exception>
    internal static ReadOnlySpan<PredictedPair> Of(EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs)
    {
        List<PredictedPair> counted = new(pairs.Length);
        for (int row = 0; row < pairs.Length; row++)
        {
            PredictedPair pair = pairs[row];
            ThrowIfInvalid(records, pairs, row);
            if (records.Counts(pair.Left, pair.Right))
            {
                counted.Add(pair.Left < pair.Right ? pair : pair with { Left = pair.Right, Right = pair.Left });
            }
        }

        counted.Sort((a, b) => (a.Left, a.Right).CompareTo((b.Left, b.Right)));
        Span<PredictedPair> sorted = CollectionsMarshal.AsSpan(counted);
        int count = 0;
        foreach (PredictedPair pair in sorted)
        {
            if (count > 0 && sorted[count - 1].Left == pair.Left && sorted[count - 1].Right == pair.Right)
            {
                ref PredictedPair known = ref sorted[count - 1];
                bool isMatch = known.IsMatch || pair.IsMatch;
                known = (pair.Weight > known.Weight ? pair : known) with { IsMatch = isMatch };
            }
            else
            {
                sorted[count++] = pair;
            }
        }

        return sorted[..count];
    }

    private static void ThrowIfInvalid(EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs, int row)
    {
        PredictedPair pair = pairs[row];
        if ((uint)pair.Left >= (uint)records.Count || (uint)pair.Right >= (uint)records.Count)
        {
            throw new ArgumentException($"Pair {row} speaks of a record that does not exist.", nameof(pairs));
        }

        if (pair.Left == pair.Right)
        {
            throw new ArgumentException($"Pair {row} joins a record to itself.", nameof(pairs));
        }

        if (double.IsNaN(pair.Weight))
        {
            throw new ArgumentException($"The weight of pair {row} is no number.", nameof(pairs));
        }

        if (pair.Probability is { } probability && !(probability >= 0 && probability <= 1))
        {
            throw new ArgumentException($"The probability of pair {row} is not between 0 and 1.", nameof(pairs));
        }
    }
}
