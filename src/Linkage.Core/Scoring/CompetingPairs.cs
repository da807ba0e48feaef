using System.Runtime.InteropServices;
using Linkage.Core.Assignment;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>Candidate pairs as a graph in which those that share a record compete for it.</summary>
internal sealed class CompetingPairs
{
    // A thousand rivals that are left out of the graph take a hundredth together; few records have ten.
    private const double Negligible = 1e-5;

    private readonly CandidatePairs _candidates;
    private readonly PatternScores _scores;
    private readonly PairEnds _ends;
    private readonly List<int> _pairs = [];
    private readonly List<WeightedEdge> _edges = [];

    /// <summary>Finds out who competes.</summary>
    /// <param name="candidates">The pairs.</param>
    /// <param name="parties">Per record its party.</param>
    /// <param name="duplicatesFree">Per party whether it lists a person once at most.</param>
    /// <param name="scores">What the patterns say.</param>
    /// <param name="isOpen">Whether nobody has settled a pair; one that is settled competes with none.</param>
    public CompetingPairs(
        CandidatePairs candidates,
        int[] parties,
        bool[] duplicatesFree,
        PatternScores scores,
        Func<int, bool> isOpen)
    {
        _candidates = candidates;
        _scores = scores;
        _ends = new PairEnds(candidates, parties, duplicatesFree);
        for (int i = 0; i < candidates.Count; i++)
        {
            if (scores.Probabilities[candidates.Pattern[i]] >= Negligible && _ends.Compete(i) && isOpen(i))
            {
                _pairs.Add(i);
                _edges.Add(new WeightedEdge(_ends.Left(i), _ends.Right(i), scores.LogOdds[candidates.Pattern[i]]));
            }
        }
    }

    /// <summary>How many of the competing pairs the patterns alone expect to be matches.</summary>
    public double ExpectedMatches => _pairs.Sum(i => _scores.Probabilities[_candidates.Pattern[i]]);

    /// <summary>The graph, to be solved.</summary>
    /// <param name="breach">How often a file lists a person twice although it should not.</param>
    public MatchingMarginals ToGraph(double breach) => new(_ends.Count, _edges, breach);

    /// <summary>The probabilities of all pairs once the graph was solved under a scale.</summary>
    public PairProbabilities Read(MatchingMarginals graph, double scaleBits)
    {
        double[] values = PairProbabilities.Alone(_candidates, _scores).Values;
        SetNegligible(values, graph.FreeChances(), scaleBits);
        for (int e = 0; e < _pairs.Count; e++)
        {
            values[_pairs[e]] = graph.Probabilities[e];
        }

        return new PairProbabilities(values, scaleBits);
    }

    /// <summary>Pairs too weak to compete still find both their records taken or free.</summary>
    private void SetNegligible(double[] values, double[] free, double scaleBits)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < Negligible && _ends.Compete(i))
            {
                double odds = Math.Pow(2, _scores.LogOdds[_candidates.Pattern[i]] + scaleBits)
                    * _ends.FreeChance(i, free);
                values[i] = odds / (1 + odds);
            }
        }
    }

    /// <summary>
    /// Numbers the ends of pairs: a record and another party make one node where that party is free of duplicates, and
    /// a node for every pair where it is not, so that nothing competes there.
    /// </summary>
    private sealed class PairEnds(CandidatePairs candidates, int[] parties, bool[] duplicatesFree)
    {
        private readonly Dictionary<(int Record, int Party), int> _nodes = [];

        public int Count { get; private set; }

        public bool Compete(int pair)
        {
            (int left, int right) = (parties[candidates.Left[pair]], parties[candidates.Right[pair]]);
            return left != right && (duplicatesFree[left] || duplicatesFree[right]);
        }

        public int Left(int pair) => Node(candidates.Left[pair], parties[candidates.Right[pair]]);

        public int Right(int pair) => Node(candidates.Right[pair], parties[candidates.Left[pair]]);

        /// <summary>The chance that nothing else takes either record.</summary>
        public double FreeChance(int pair, double[] free) =>
            Free(candidates.Left[pair], parties[candidates.Right[pair]], free)
            * Free(candidates.Right[pair], parties[candidates.Left[pair]], free);

        private double Free(int record, int party, double[] free) =>
            duplicatesFree[party] && _nodes.TryGetValue((record, party), out int node) ? free[node] : 1;

        private int Node(int record, int party)
        {
            if (!duplicatesFree[party])
            {
                return Count++;
            }

            ref int node = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, (record, party), out bool known);
            return known ? node : node = Count++;
        }
    }
}
