using Linkage.Bloom.Schemas;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>Decides every candidate pair: by the two thresholds, then one to one where that is promised.</summary>
internal static class PairDecider
{
    public static Decision[] Decide(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        DecidedPairs decided,
        CancellationToken cancellationToken)
    {
        DecisionThresholds thresholds = plan.Schema.Thresholds;
        var decisions = new Decision[candidates.Count];
        for (int i = 0; i < decisions.Length; i++)
        {
            double probability = scores.Probabilities[candidates.Pattern[i]];
            decisions[i] = probability >= thresholds.Match ? Decision.Match
                : probability >= thresholds.Possible ? Decision.Possible
                : Decision.NonMatch;
        }

        decided.Override(candidates, decisions);
        if (plan.Options.OneToOne is OneToOneMode.Greedy or OneToOneMode.Optimal)
        {
            AssignPartyPairs(plan, space, candidates, scores, decisions, cancellationToken);
        }

        return decisions;
    }

    private static void AssignPartyPairs(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        Decision[] decisions,
        CancellationToken cancellationToken)
    {
        int[] order = LinkOrder.Heaviest(candidates, scores, i => decisions[i] != Decision.NonMatch);
        int[] parties = space.Parties();
        foreach (IGrouping<(int Left, int Right), int> group in order.GroupBy(
            i => (parties[candidates.Left[i]], parties[candidates.Right[i]])))
        {
            (int left, int right) = group.Key;
            if (left == right)
            {
                continue;
            }

            int[] pairs = [.. group];
            bool[] kept = Assign(plan, space, candidates, scores, pairs, left, right, cancellationToken);
            for (int i = 0; i < pairs.Length; i++)
            {
                if (!kept[i])
                {
                    decisions[pairs[i]] = Decision.NonMatch;
                }
            }
        }
    }

    private static bool[] Assign(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        int[] pairs,
        int left,
        int right,
        CancellationToken cancellationToken)
    {
        // Log-odds above the possible threshold: what is gained by keeping a pair; positive for every pair asked about.
        double least = LogOdds(plan.Schema.Thresholds.Possible);
        const double Positive = 1e-9;
        WeightedEdge[] edges =
        [
            .. pairs.Select(i => new WeightedEdge(
                candidates.Left[i] - space.Offset(left),
                candidates.Right[i] - space.Offset(right),
                Math.Max(Positive, scores.LogOdds[candidates.Pattern[i]] - least))),
        ];

        // A party without duplicates offers each record of the other one partner at most.
        var limits = new AssignmentLimits(plan.DuplicatesFree[right], plan.DuplicatesFree[left]);
        return plan.Options.OneToOne == OneToOneMode.Greedy
            ? GreedyAssignment.Solve(edges, limits)
            : OptimalAssignment.Solve(edges, limits, cancellationToken).Kept;
    }

    private static double LogOdds(double probability) => Math.Log2(probability / (1 - probability));
}
