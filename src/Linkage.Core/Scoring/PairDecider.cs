using Linkage.Bloom.Schemas;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>
/// Decides every candidate pair: as a person did, else by two thresholds, then one to one where that is promised.
/// </summary>
internal sealed class PairDecider
{
    private readonly LinkPlan _plan;
    private readonly RecordSpace _space;
    private readonly PatternScores _scores;
    private readonly DecidedPartners _decided;
    private readonly int[] _parties;

    public PairDecider(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        PairProbabilities probabilities,
        DecidedLinks decided)
    {
        _plan = plan;
        _space = space;
        _scores = scores;
        _decided = new DecidedPartners(plan, space, decided);
        _parties = space.Parties();
        Candidates = candidates;
        Probabilities = probabilities.With(candidates, _decided);
    }

    public CandidatePairs Candidates { get; }

    public PairProbabilities Probabilities { get; }

    /// <summary>Decides by the given thresholds.</summary>
    public DecisionOutcome Decide(DecisionThresholds thresholds, CancellationToken cancellationToken)
    {
        var decisions = new Decision[Candidates.Count];
        for (int i = 0; i < decisions.Length; i++)
        {
            // What a person decided has the probability 0 or 1, which is beyond any threshold.
            double probability = Probabilities.Values[i];
            decisions[i] = probability >= thresholds.Match ? Decision.Match
                : probability >= thresholds.Possible ? Decision.Possible
                : Decision.NonMatch;
        }

        return _plan.Options.OneToOne is OneToOneMode.Greedy or OneToOneMode.Optimal
            ? AssignPartyPairs(decisions, LogOdds(thresholds.Possible), cancellationToken)
            : new DecisionOutcome(decisions, 0, 0);
    }

    /// <summary>Pairs between parties that would be at least possible if their records had no better partner.</summary>
    public long CountLost(Decision[] decisions, DecisionThresholds thresholds)
    {
        double least = LogOdds(thresholds.Possible);
        long lost = 0;
        for (int i = 0; i < decisions.Length; i++)
        {
            bool between = _parties[Candidates.Left[i]] != _parties[Candidates.Right[i]];
            lost += between && decisions[i] == Decision.NonMatch && ScaledLogOdds(i) >= least && IsOpen(i) ? 1 : 0;
        }

        return lost;
    }

    private static double LogOdds(double probability) => Math.Log2(probability / (1 - probability));

    private bool IsOpen(int pair) => _decided.Of(Candidates.Left[pair], Candidates.Right[pair]) == Verdict.Open;

    private DecisionOutcome AssignPartyPairs(Decision[] decisions, double least, CancellationToken cancellationToken)
    {
        int[] order = LinkOrder.Heaviest(Candidates, _scores, i => decisions[i] != Decision.NonMatch && IsOpen(i));
        (long tied, int fallbacks) = (0, 0);
        foreach (IGrouping<(int Left, int Right), int> group in order.GroupBy(
            i => (_parties[Candidates.Left[i]], _parties[Candidates.Right[i]])))
        {
            (int left, int right) = group.Key;
            if (left == right)
            {
                continue;
            }

            int[] pairs = [.. group];
            WeightedEdge[] edges = Edges(pairs, least, left, right);

            // A party without duplicates offers each record of the other one partner at most.
            var limits = new AssignmentLimits(_plan.DuplicatesFree[right], _plan.DuplicatesFree[left]);
            AssignmentResult assigned = _plan.Options.OneToOne == OneToOneMode.Greedy
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

    // A matching is as probable as the product of its pairs' own odds, so the most probable one has the greatest sum of
    // their logarithms; probabilities that know of rivals would count the rivals twice. What counts is the gain over
    // the possible threshold: positive for every pair asked about, since rivals only ever take away.
    private WeightedEdge[] Edges(int[] pairs, double least, int left, int right)
    {
        const double Positive = 1e-9;
        return
        [
            .. pairs.Select(i => new WeightedEdge(
                Candidates.Left[i] - _space.Offset(left),
                Candidates.Right[i] - _space.Offset(right),
                Math.Max(Positive, ScaledLogOdds(i) - least))),
        ];
    }

    private double ScaledLogOdds(int pair) => _scores.LogOdds[Candidates.Pattern[pair]] + Probabilities.ScaleBits;
}
