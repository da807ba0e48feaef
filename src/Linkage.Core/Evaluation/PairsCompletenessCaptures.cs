using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core.Evaluation;

/// <summary>Counts the expected matches by the passes in which they met.</summary>
internal static class PairsCompletenessCaptures
{
    /// <summary>Every pair counts by its probability, which knows of better partners.</summary>
    /// <param name="candidates">The pairs.</param>
    /// <param name="probabilities">Match probability of every pair.</param>
    /// <param name="passCount">Number of passes of the schema.</param>
    /// <returns>By capture history (bit i for pass i) the expected number of matches.</returns>
    public static double[] Count(CandidatePairs candidates, PairProbabilities probabilities, int passCount)
    {
        double[] matches = new double[1 << passCount];
        for (int i = 0; i < candidates.Count; i++)
        {
            matches[candidates.Captures[i]] += probabilities.Values[i];
        }

        return matches;
    }
}
