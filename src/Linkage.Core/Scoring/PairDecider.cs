using Linkage.Bloom.Schemas;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>
/// Decides every candidate pair: as a person did, else by the two thresholds, then one to one where that is promised.
/// </summary>
internal static class PairDecider
{
    public static DecisionOutcome Decide(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        DecidedLinks decided,
        CancellationToken cancellationToken)
    {
        DecisionThresholds thresholds = plan.Schema.Thresholds;
        var decisions = new Decision[candidates.Count];
        for (int i = 0; i < decisions.Length; i++)
        {
            double probability = scores.Probabilities[candidates.Pattern[i]];
            Verdict verdict = decided.Of(candidates.Left[i], candidates.Right[i]);
            decisions[i] = verdict == Verdict.Match ? Decision.Match
                : verdict == Verdict.NonMatch ? Decision.NonMatch
                : probability >= thresholds.Match ? Decision.Match
                : probability >= thresholds.Possible ? Decision.Possible
                : Decision.NonMatch;
        }

        return plan.Options.OneToOne is OneToOneMode.Greedy or OneToOneMode.Optimal
            ? AssignPartyPairs(plan, space, candidates, scores, decisions, decided, cancellationToken)
            : new DecisionOutcome(decisions, 0, 0);
    }

    private static DecisionOutcome AssignPartyPairs(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        Decision[] decisions,
        DecidedLinks decided,
        CancellationToken cancellationToken)
    {
        int[] order = LinkOrder.Heaviest(
            candidates,
            scores,
            i => decisions[i] != Decision.NonMatch
                && decided.Of(candidates.Left[i], candidates.Right[i]) == Verdict.Open);
        int[] parties = space.Parties();
        (long tied, int fallbacks) = (0, 0);
        foreach (IGrouping<(int Left, int Right), int> group in order.GroupBy(
            i => (parties[candidates.Left[i]], parties[candidates.Right[i]])))
        {
            (int left, int right) = group.Key;
            if (left == right)
            {
                continue;
            }

            // A party without duplicates offers each record of the other one partner at most.
            var limits = new AssignmentLimits(plan.DuplicatesFree[right], plan.DuplicatesFree[left]);
            ILookup<bool, int> byTaken = group.ToLookup(i =>
                (limits.LeftLimited && HasPartner(decided, candidates.Left[i], right, parties))
                || (limits.RightLimited && HasPartner(decided, candidates.Right[i], left, parties)));
            foreach (int taken in byTaken[true])
            {
                decisions[taken] = Decision.NonMatch;
            }

            int[] pairs = [.. byTaken[false]];
            WeightedEdge[] edges = Edges(plan, space, candidates, scores, pairs, (left, right));
            AssignmentResult assigned = plan.Options.OneToOne == OneToOneMode.Greedy
                ? new AssignmentResult(GreedyAssignment.Solve(edges, limits), 0, 0)
                : OptimalAssignment.Solve(edges, limits, cancellationToken);
            bool[] isTied = TiedEdges.Find(edges, assigned.Kept, limits);
            fallbacks += assigned.FallbackComponents;
            for (int i = 0; i < pairs.Length; i++)
            {
                decisions[pairs[i]] = assigned.Kept[i] ? decisions[pairs[i]] : Decision.NonMatch;
                tied += isTied[i] && decisions[pairs[i]] == Decision.Match ? 1 : 0;
            }
        }

        return new DecisionOutcome(decisions, tied, fallbacks);
    }

    // Whether a person decided who the record is in another party.
    private static bool HasPartner(DecidedLinks decided, int record, int party, int[] parties) =>
        decided.PartnersOf(record).Any(partner => parties[partner] == party);

    private static WeightedEdge[] Edges(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        int[] pairs,
        (int Left, int Right) party)
    {
        // Log-odds above the possible threshold: what is gained by keeping a pair; positive for every pair asked about.
        double least = LogOdds(plan.Schema.Thresholds.Possible);
        const double Positive = 1e-9;
        return
        [
            .. pairs.Select(i => new WeightedEdge(
                candidates.Left[i] - space.Offset(party.Left),
                candidates.Right[i] - space.Offset(party.Right),
                Math.Max(Positive, scores.LogOdds[candidates.Pattern[i]] - least))),
        ];
    }

    private static double LogOdds(double probability) => Math.Log2(probability / (1 - probability));
}
