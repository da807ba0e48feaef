using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core.Evaluation;

/// <summary>Counts the expected matches by the passes in which they met.</summary>
internal static class PairsCompletenessCaptures
{
    /// <summary>Every pair counts by its probability, but for those that lost to a better partner.</summary>
    /// <param name="candidates">The pairs.</param>
    /// <param name="probabilities">Match probability of every pattern.</param>
    /// <param name="decisions">What was decided of every pair.</param>
    /// <param name="possible">The probability from which a pair is a non-match only if it lost.</param>
    /// <param name="passCount">Number of passes of the schema.</param>
    /// <returns>By capture history (bit i for pass i) the expected number of matches.</returns>
    public static double[] Count(
        CandidatePairs candidates,
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<Decision> decisions,
        double possible,
        int passCount)
    {
        double[] matches = new double[1 << passCount];
        for (int i = 0; i < candidates.Count; i++)
        {
            double probability = probabilities[candidates.Pattern[i]];
            bool hasLost = decisions[i] == Decision.NonMatch && probability >= possible;
            matches[candidates.Captures[i]] += hasLost ? 0 : probability;
        }

        return matches;
    }
}
