using Linkage.Core.Assignment;
using Linkage.Core.Clustering;
using Linkage.Core.Merging;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Incremental;

/// <summary>The few records that a change concerns, linked among themselves as a run links all.</summary>
/// <remarks>
/// What a run does with the whole is done with a part: probabilities that know of rivals, links from the threshold of a
/// match on, entities along them, heaviest first, while the other pairs between two clusters support it.
/// </remarks>
internal sealed class LocalRecords
{
    private readonly int[] _parties;
    private readonly bool[] _duplicatesFree;
    private readonly CandidatePairs _candidates;
    private readonly PatternScores _scores;

    /// <summary>Takes the records in; they are numbered from 0 here.</summary>
    /// <param name="parties">Per record its party.</param>
    /// <param name="duplicatesFree">Per party whether it lists a person once at most.</param>
    /// <param name="met">The pairs that share a block, the smaller number on the left.</param>
    /// <param name="model">What weighs them.</param>
    public LocalRecords(int[] parties, bool[] duplicatesFree, List<MetPair> met, FellegiSunterModel model)
    {
        _parties = parties;
        _duplicatesFree = duplicatesFree;
        _candidates = CandidatePairs.From(met);
        _scores = new PatternScores(_candidates.Patterns, model);
    }

    /// <summary>Puts the records into entities.</summary>
    /// <param name="kept">Records that are one entity already, and stay one.</param>
    /// <param name="isOpen">Whether a record looks for partners; the others wait to be found.</param>
    /// <param name="decided">What persons decided about them.</param>
    /// <param name="match">From this probability a pair is a match.</param>
    /// <param name="scaleBits">The scale of competing pairs; null if pairs do not compete.</param>
    /// <returns>Per record its entity, numbered by first records.</returns>
    public int[] Link(
        IEnumerable<int[]> kept, Func<int, bool> isOpen, DecidedLinks decided, double match, double? scaleBits)
    {
        double[] probabilities = Probabilities(decided, scaleBits);
        var support = new ClusterSupport(
            _parties.Length,
            Enumerable.Range(0, _candidates.Count)
                .Where(i => probabilities[i] >= ClusterSupport.Negligible)
                .Select(i => new WeightedEdge(_candidates.Left[i], _candidates.Right[i], probabilities[i])));
        var clusters = new GrowingClusters(
            [.. _parties.Select(party => _duplicatesFree[party] ? 1UL << party : 0)], support);
        foreach (int[] members in kept)
        {
            clusters.Keep(members);
        }

        _ = clusters.Follow(decided);
        foreach (int i in LinkOrder.Heaviest(
            _candidates,
            _scores,
            i => probabilities[i] >= match && (isOpen(_candidates.Left[i]) || isOpen(_candidates.Right[i]))))
        {
            _ = clusters.TryJoin(_candidates.Left[i], _candidates.Right[i]);
        }

        return clusters.Label().Labels;
    }

    private double[] Probabilities(DecidedLinks decided, double? scaleBits)
    {
        double[] values = Compete(decided, scaleBits).Values;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = VerdictOf(decided, i) switch
            {
                Verdict.Match => 1,
                Verdict.NonMatch => 0,
                _ => values[i],
            };
        }

        return values;
    }

    private PairProbabilities Compete(DecidedLinks decided, double? scaleBits)
    {
        if (scaleBits is not { } scale || !_duplicatesFree.Contains(true))
        {
            return PairProbabilities.Alone(_candidates, _scores);
        }

        var competing = new CompetingPairs(
            _candidates, _parties, _duplicatesFree, _scores, i => VerdictOf(decided, i) == Verdict.Open);
        MatchingMarginals graph = competing.ToGraph(breach: 0);
        _ = graph.Solve(scale);
        return competing.Read(graph, scale);
    }

    private Verdict VerdictOf(DecidedLinks decided, int pair) =>
        decided.Of(_candidates.Left[pair], _candidates.Right[pair]);
}
