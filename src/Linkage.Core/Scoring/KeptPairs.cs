using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>Picks and orders the pairs that a result keeps.</summary>
internal static class KeptPairs
{
    public static LinkedPair[] Select(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        PairProbabilities probabilities,
        Decision[] decisions)
    {
        double least = plan.Options.KeepWeight;
        int[] order = LinkOrder.Heaviest(
            candidates,
            scores,
            i => decisions[i] != Decision.NonMatch || scores.Weights[candidates.Pattern[i]] >= least);
        var pairs = new LinkedPair[order.Length];
        for (int at = 0; at < order.Length; at++)
        {
            int i = order[at];
            int pattern = candidates.Pattern[i];
            pairs[at] = new LinkedPair(
                space,
                candidates.Left[i],
                candidates.Right[i],
                candidates.Patterns[pattern].Vector,
                scores.Weights[pattern],
                probabilities.Values[i],
                decisions[i]);
        }

        return pairs;
    }
}
