using Linkage.Core.Assignment;

namespace Linkage.Core.Scoring;

/// <summary>How probable each edge of a graph is, when a matching is as probable as the product of its odds.</summary>
/// <remarks>
/// <para>
/// The monomer-dimer model of O. J. Heilmann and E. H. Lieb, "Theory of monomer-dimer systems", Communications in
/// Mathematical Physics 25 (1972), 190–232. The recursion of their section 4 is followed along the edges as belief
/// propagation: x(i→j) = 1 / (1 + Σ over k ≠ j of o(ik) x(k→i)) is the chance that i has no other partner than j, and
/// p(ij) = o x(i→j) x(j→i) / (1 + o x(i→j) x(j→i)). That is exact on trees. On loops it is an approximation (the Bethe
/// free energy) with one fixed point (M. Bayati, D. Gamarnik, D. Katz, C. Nair and P. Tetali, "Simple deterministic
/// approximation algorithms for counting matchings", STOC 2007, 122–127).
/// </para>
/// <para>
/// A promise that may be broken does not forbid a second partner; every partner of a node beyond the first multiplies
/// the weight of the matching by the breach b. With R = (Π over k ≠ j of (1 + b o(ik) x(k→i)) − 1) / b the chance
/// becomes x(i→j) = (1 + b R) / (1 + R); as b goes to 0 it is the formula above, and with b = 1 nothing competes.
/// </para>
/// <para>
/// Without a breach the map is nonexpansive in the logarithms of x, so the damped steps that follow the plain ones
/// converge. Components of near-certain odds on even loops drift slowly while their p stand still; the bound on the
/// steps ends that.
/// </para>
/// </remarks>
internal sealed class MatchingMarginals
{
    /// <summary>Plain steps: exact on every tree of at most so many edges from end to end.</summary>
    internal const int PlainSteps = 64;

    /// <summary>All steps of one component, plain and damped; where they run out, the last answer stands.</summary>
    internal const int MostSteps = 400;

    private const double Tolerance = 1e-10;

    // Where two edges meet no chance is smaller than the square of 1 / odds, which must stay a number.
    private const double MostBits = 300;

    // Beyond all odds, and its square is still a number.
    private const double MostRivals = 1e150;

    private readonly double _breach;
    private readonly double[] _logOdds;
    private readonly double[] _odds;
    private readonly double[] _messages;
    private readonly double[] _next;
    private readonly int[] _slots;
    private readonly int[] _first;
    private readonly int[] _components;

    /// <summary>Prepares a graph.</summary>
    /// <param name="nodeCount">Number of nodes; each may have one partner at most.</param>
    /// <param name="edges">Two different nodes and the odds in bits; parallel edges are allowed.</param>
    /// <param name="breach">
    /// By how much every partner of a node beyond the first is discounted: 0 forbids them, 1 is no competition.
    /// </param>
    public MatchingMarginals(int nodeCount, IReadOnlyList<WeightedEdge> edges, double breach = 0)
    {
        _breach = breach;
        _logOdds = [.. edges.Select(edge => Math.Min(MostBits, edge.Weight))];
        _odds = new double[edges.Count];
        _messages = new double[2 * edges.Count];
        _next = new double[2 * edges.Count];
        int[] nodeOf = new int[2 * edges.Count];
        var sets = new DisjointSets(nodeCount);
        for (int e = 0; e < edges.Count; e++)
        {
            (nodeOf[2 * e], nodeOf[(2 * e) + 1]) = (edges[e].Left, edges[e].Right);
            (int a, int b) = (sets.Find(edges[e].Left), sets.Find(edges[e].Right));
            _ = a != b ? sets.Union(a, b) : a;
        }

        // Slots are the ends of edges: 2 e and 2 e + 1. They are sorted by component, then by node.
        int[] leaders = [.. Enumerable.Range(0, nodeCount).Select(sets.Find)];
        (int Leader, int Node, int Slot)[] sorted =
            [.. nodeOf.Select((node, slot) => (leaders[node], node, slot))];
        Array.Sort(sorted);
        _slots = [.. sorted.Select(end => end.Slot)];
        _first = Starts(sorted, (one, other) => one.Node != other.Node);
        int[] componentStarts = Starts(sorted, (one, other) => one.Leader != other.Leader);
        _components = [.. componentStarts.Select(start => Array.BinarySearch(_first, start))];
        Probabilities = new double[edges.Count];
    }

    /// <summary>The probability of every edge, after <see cref="Solve"/>.</summary>
    public double[] Probabilities { get; }

    /// <summary>Solves the whole graph.</summary>
    /// <param name="scaleBits">What is added to all log-odds.</param>
    /// <returns>The expected number of edges in the matching.</returns>
    public double Solve(double scaleBits)
    {
        for (int e = 0; e < _odds.Length; e++)
        {
            _odds[e] = Math.Pow(2, _logOdds[e] + scaleBits);
        }

        Array.Fill(_messages, 1);
        for (int component = 0; component + 1 < _components.Length; component++)
        {
            SolveComponent(_components[component], _components[component + 1]);
        }

        return Probabilities.Sum();
    }

    /// <summary>
    /// The chance that a node has no partner among its edges, as it looks from an edge too weak to be in the graph.
    /// </summary>
    /// <returns>Over 0 and at most 1 by node; 1 for a node without edges.</returns>
    public double[] FreeChances(int nodeCount, IReadOnlyList<WeightedEdge> edges)
    {
        double[] sums = new double[nodeCount];
        for (int e = 0; e < edges.Count; e++)
        {
            sums[edges[e].Left] = Add(sums[edges[e].Left], Incoming(2 * e));
            sums[edges[e].Right] = Add(sums[edges[e].Right], Incoming((2 * e) + 1));
        }

        return [.. sums.Select(Chance)];
    }

    private static int[] Starts<T>(T[] sorted, Func<T, T, bool> differ) =>
    [
        .. Enumerable.Range(0, sorted.Length).Where(i => i == 0 || differ(sorted[i - 1], sorted[i])), sorted.Length,
    ];

    private void SolveComponent(int firstNode, int endNode)
    {
        ReadOnlySpan<int> slots = _slots.AsSpan(_first[firstNode].._first[endNode]);
        for (int step = 0; step < MostSteps; step++)
        {
            for (int node = firstNode; node < endNode; node++)
            {
                SendFrom(_slots.AsSpan(_first[node].._first[node + 1]));
            }

            bool isDamped = step >= PlainSteps;
            double messageChange = Move(slots, isDamped);
            double probabilityChange = Read(slots);

            // Messages may drift for long while what they amount to stands still; before damping sets in, though, a
            // chance of 0 may be about to swing to 1.
            if (messageChange < Tolerance || (isDamped && probabilityChange < Tolerance))
            {
                return;
            }
        }
    }

    /// <summary>Takes one step and tells by which share a message changed at most.</summary>
    private double Move(ReadOnlySpan<int> slots, bool isDamped)
    {
        double change = 0;
        foreach (int slot in slots)
        {
            // Half of a step in the logarithm is the geometric mean.
            double message = isDamped ? Math.Sqrt(_messages[slot] * _next[slot]) : _next[slot];
            change = Math.Max(change, Math.Abs(message - _messages[slot]) / message);
            _messages[slot] = message;
        }

        return change;
    }

    /// <summary>Computes what one node tells each of its neighbors.</summary>
    /// <remarks>Sums from both ends instead of subtracting from the total: odds span many powers of ten.</remarks>
    private void SendFrom(ReadOnlySpan<int> slots)
    {
        double before = 0;
        foreach (int slot in slots)
        {
            _next[slot] = before;
            before = Add(before, Incoming(slot));
        }

        double after = 0;
        for (int i = slots.Length - 1; i >= 0; i--)
        {
            int slot = slots[i];
            _next[slot] = Chance(Add(_next[slot], after));
            after = Add(after, Incoming(slot));
        }
    }

    /// <summary>The odds of an edge as one of its nodes sees it.</summary>
    private double Incoming(int slot) => _odds[slot >> 1] * _messages[slot ^ 1];

    /// <summary>Adds odds to those of other rivals: R + t + b R t.</summary>
    private double Add(double rivals, double odds) => Math.Min(MostRivals, rivals + odds + (_breach * rivals * odds));

    /// <summary>The chance that rivals leave a node to one more edge: (1 + b R) / (1 + R).</summary>
    private double Chance(double rivals) => (1 + (_breach * rivals)) / (1 + rivals);

    /// <summary>Reads off the probabilities of a component's edges and tells by how much one changed at most.</summary>
    private double Read(ReadOnlySpan<int> slots)
    {
        double change = 0;
        foreach (int slot in slots)
        {
            int edge = slot >> 1;
            double odds = _odds[edge] * _messages[slot] * _messages[slot ^ 1];
            double probability = odds / (1 + odds);
            change = Math.Max(change, Math.Abs(probability - Probabilities[edge]));
            Probabilities[edge] = probability;
        }

        return change;
    }
}
