using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core.Evaluation;

/// <summary>Counts the expected matches by the passes in which they met.</summary>
internal static class PairsCompletenessCaptures
{
    /// <summary>Every pair counts by its probability, but for those that lost to a better partner.</summary>
    /// <returns>By capture history (bit i for pass i) the expected number of matches.</returns>
    public static double[] Count(
        LinkPlan plan, CandidatePairs candidates, PatternScores scores, ReadOnlySpan<Decision> decisions)
    {
        double possible = plan.Schema.Thresholds.Possible;
        double[] matches = new double[1 << plan.Schema.Passes.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            double probability = scores.Probabilities[candidates.Pattern[i]];
            bool hasLost = decisions[i] == Decision.NonMatch && probability >= possible;
            matches[candidates.Captures[i]] += hasLost ? 0 : probability;
        }

        return matches;
    }
}
