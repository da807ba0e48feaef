using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core.Clustering;

/// <summary>Makes entities of the pairs that were decided to be matches.</summary>
internal static class LinkClusterer
{
    public static EntityClusters Cluster(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        PairProbabilities probabilities,
        Decision[] decisions)
    {
        int[] order = LinkOrder.Heaviest(candidates, scores, i => decisions[i] == Decision.Match);
        WeightedEdge[] edges =
        [
            .. order.Select(i => new WeightedEdge(
                candidates.Left[i], candidates.Right[i], scores.Weights[candidates.Pattern[i]])),
        ];
        return EntityClustering.Cluster(
            space.Parties(), plan.DuplicatesFree, edges, Support(plan, space, candidates, probabilities, decisions));
    }

    // Two files without duplicates make entities of two records at most, which have no other pairs.
    private static ClusterSupport? Support(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PairProbabilities probabilities,
        Decision[] decisions)
    {
        const double Negligible = 0.01;
        if (plan.Files.Count == 2 && plan.DuplicatesFree.All(free => free))
        {
            return null;
        }

        return new ClusterSupport(
            space.Count,
            Enumerable.Range(0, candidates.Count)
                .Where(i => decisions[i] == Decision.Match || probabilities.Values[i] >= Negligible)
                .Select(i => new WeightedEdge(candidates.Left[i], candidates.Right[i], probabilities.Values[i])));
    }
}
