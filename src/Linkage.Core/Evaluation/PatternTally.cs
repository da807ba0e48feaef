using System.Runtime.InteropServices;

namespace Linkage.Core.Evaluation;

/// <summary>Counts errors by agreement pattern.</summary>
internal static class PatternTally
{
    private struct Counts
    {
        internal long Pairs;
        internal long TruePairs;
        internal long FalseMatches;
        internal long MissedMatches;
        internal double Stated;
    }

    /// <summary>Patterns with errors, most first, of equally many in ordinal order.</summary>
    internal static PatternErrors[] Of(EvaluationRecords records, ReadOnlySpan<PredictedPair> uniquePairs)
    {
        Dictionary<string, Counts> patterns = new(StringComparer.Ordinal);
        foreach (PredictedPair pair in uniquePairs)
        {
            if (pair.Pattern is not { } pattern)
            {
                continue;
            }

            ref Counts counts = ref CollectionsMarshal.GetValueRefOrAddDefault(patterns, pattern, out _);
            bool isTrue = records.AreSame(pair.Left, pair.Right);
            counts.Pairs++;
            counts.TruePairs += isTrue ? 1 : 0;
            counts.FalseMatches += pair.IsMatch && !isTrue ? 1 : 0;
            counts.MissedMatches += isTrue && !pair.IsMatch ? 1 : 0;
            counts.Stated += pair.Probability ?? double.NaN;
        }

        return
        [
            .. patterns
                .Where(one => one.Value.FalseMatches + one.Value.MissedMatches > 0)
                .OrderByDescending(one => one.Value.FalseMatches + one.Value.MissedMatches)
                .ThenBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new PatternErrors(
                    one.Key,
                    one.Value.Pairs,
                    one.Value.TruePairs,
                    one.Value.Stated / one.Value.Pairs,
                    one.Value.FalseMatches,
                    one.Value.MissedMatches)),
        ];
    }
}
