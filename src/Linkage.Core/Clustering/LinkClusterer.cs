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
        Decision[] decisions,
        DecidedLinks decided)
    {
        int[] order = LinkOrder.Heaviest(candidates, scores, i => decisions[i] == Decision.Match);
        WeightedEdge[] edges =
        [
            .. order.Select(i => new WeightedEdge(
                candidates.Left[i], candidates.Right[i], scores.Weights[candidates.Pattern[i]])),
        ];
        return EntityClustering.Cluster(
            space.Parties(),
            plan.DuplicatesFree,
            edges,
            Support(plan, space, candidates, probabilities, decisions),
            decided);
    }

    /// <summary>Measures the entities by the links between their records, those in most doubt first.</summary>
    public static EntityMetrics[] Measure(
        RecordSpace space, EntityClusters clusters, IReadOnlyList<LinkedPair> pairs, DecidedLinks decided)
    {
        // What a person decided is certain, whatever the model says of it, and need not have met.
        var links = new Dictionary<(int, int), double>();
        foreach (DecidedLink link in decided.Matches)
        {
            if (link.Left != link.Right)
            {
                links[(Math.Min(link.Left, link.Right), Math.Max(link.Left, link.Right))] = 1;
            }
        }

        foreach (LinkedPair pair in pairs)
        {
            if (pair.Decision == Decision.Match)
            {
                links[(pair.LeftRecord, pair.RightRecord)] =
                    decided.Of(pair.LeftRecord, pair.RightRecord) == Verdict.Match ? 1 : pair.Probability.Value;
            }
        }

        WeightedEdge[] edges =
        [
            .. links.Select(link => new WeightedEdge(link.Key.Item1, link.Key.Item2, link.Value))
                .OrderByDescending(edge => edge.Weight).ThenBy(edge => edge.Left).ThenBy(edge => edge.Right),
        ];
        return EntityMeasures.Measure(clusters, space.Parties(), edges);
    }

    // Two files without duplicates make entities of two records at most, which have no other pairs.
    private static ClusterSupport? Support(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PairProbabilities probabilities,
        Decision[] decisions)
    {
        if (plan.Files.Count == 2 && plan.DuplicatesFree.All(free => free))
        {
            return null;
        }

        return new ClusterSupport(
            space.Count,
            Enumerable.Range(0, candidates.Count)
                .Where(i => decisions[i] == Decision.Match || probabilities.Values[i] >= ClusterSupport.Negligible)
                .Select(i => new WeightedEdge(candidates.Left[i], candidates.Right[i], probabilities.Values[i])));
    }
}
