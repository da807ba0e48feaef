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

    // Ends of edges, sorted by component, then by node, then by edge. An end's message is what its node tells the
    // other node.
    private readonly int[] _edgeOf;
    private readonly int[] _twins;
    private readonly int[] _nodeOf;
    private readonly double[] _odds;
    private readonly double[] _messages;
    private readonly double[] _next;

    // Nodes with edges, in that order: their numbers, their first ends, and the first nodes of the components.
    private readonly int[] _nodes;
    private readonly int[] _first;
    private readonly int[] _components;
    private readonly double[] _free;

    // Nodes that have news to pass on, and those that will have in the next step.
    private readonly bool[] _isWoken;
    private int[] _awake;
    private int[] _woken;
    private int _wokenCount;

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
        int[] nodeOf = new int[2 * edges.Count];
        var sets = new DisjointSets(nodeCount);
        for (int e = 0; e < edges.Count; e++)
        {
            (nodeOf[2 * e], nodeOf[(2 * e) + 1]) = (edges[e].Left, edges[e].Right);
            (int a, int b) = (sets.Find(edges[e].Left), sets.Find(edges[e].Right));
            _ = a != b ? sets.Union(a, b) : a;
        }

        int[] leaders = [.. Enumerable.Range(0, nodeCount).Select(sets.Find)];
        (int Leader, int Node, int End)[] sorted = [.. nodeOf.Select((node, end) => (leaders[node], node, end))];
        Array.Sort(sorted);
        _first = Starts(sorted, (one, other) => one.Node != other.Node);
        _nodes = [.. _first.SkipLast(1).Select(start => sorted[start].Node)];
        int[] componentStarts = Starts(sorted, (one, other) => one.Leader != other.Leader);
        _components = [.. componentStarts.Select(start => Array.BinarySearch(_first, start))];
        _edgeOf = [.. sorted.Select(end => end.End >> 1)];
        _twins = Twins(sorted);
        _nodeOf = new int[sorted.Length];
        for (int node = 0; node < _nodes.Length; node++)
        {
            Array.Fill(_nodeOf, node, _first[node], _first[node + 1] - _first[node]);
        }

        (_odds, _messages, _next) = (new double[sorted.Length], new double[sorted.Length], new double[sorted.Length]);
        (_awake, _woken, _isWoken) = (new int[_nodes.Length], new int[_nodes.Length], new bool[_nodes.Length]);
        _free = new double[nodeCount];
        Probabilities = new double[edges.Count];
    }

    /// <summary>The probability of every edge, after <see cref="Solve"/>.</summary>
    public double[] Probabilities { get; }

    /// <summary>Solves the whole graph.</summary>
    /// <param name="scaleBits">What is added to all log-odds.</param>
    /// <returns>The expected number of edges in the matching.</returns>
    public double Solve(double scaleBits)
    {
        for (int end = 0; end < _odds.Length; end++)
        {
            _odds[end] = Math.Pow(2, _logOdds[_edgeOf[end]] + scaleBits);
        }

        Array.Fill(_messages, 1);
        for (int component = 0; component + 1 < _components.Length; component++)
        {
            SolveComponent(_components[component], _components[component + 1]);
        }

        for (int end = 0; end < _odds.Length; end++)
        {
            Probabilities[_edgeOf[end]] = ProbabilityOf(end);
        }

        return Probabilities.Sum();
    }

    /// <summary>
    /// The chance that a node has no partner among its edges, as it looks from an edge too weak to be in the graph.
    /// </summary>
    /// <returns>Over 0 and at most 1 by node; 1 for a node without edges.</returns>
    public double[] FreeChances()
    {
        Array.Fill(_free, 1);
        for (int node = 0; node < _nodes.Length; node++)
        {
            double rivals = 0;
            for (int end = _first[node]; end < _first[node + 1]; end++)
            {
                rivals = Add(rivals, Incoming(end));
            }

            _free[_nodes[node]] = Chance(rivals);
        }

        return _free;
    }

    private static int[] Starts<T>(T[] sorted, Func<T, T, bool> differ) =>
    [
        .. Enumerable.Range(0, sorted.Length).Where(i => i == 0 || differ(sorted[i - 1], sorted[i])), sorted.Length,
    ];

    private static int[] Twins((int Leader, int Node, int End)[] sorted)
    {
        int[] places = new int[sorted.Length];
        for (int place = 0; place < sorted.Length; place++)
        {
            places[sorted[place].End] = place;
        }

        return [.. sorted.Select(end => places[end.End ^ 1])];
    }

    // A node whose neighbors told it nothing new has nothing new to tell, so most nodes of a large component rest soon.
    private void SolveComponent(int firstNode, int endNode)
    {
        int count = endNode - firstNode;
        for (int i = 0; i < count; i++)
        {
            _awake[i] = firstNode + i;
        }

        for (int step = 0; step < MostSteps && count > 0; step++)
        {
            ReadOnlySpan<int> awake = _awake.AsSpan(0, count);
            foreach (int node in awake)
            {
                SendFrom(node);
            }

            bool isDamped = step >= PlainSteps;
            foreach (int node in awake)
            {
                Move(node, isDamped);
            }

            // Messages may drift for long while what they amount to stands still; before damping sets in, though, a
            // chance of 0 may be about to swing to 1.
            double change = step >= PlainSteps - 1 ? Read(awake) : 1;
            (_awake, _woken) = (_woken, _awake);
            (count, _wokenCount) = (_wokenCount, 0);
            for (int i = 0; i < count; i++)
            {
                _isWoken[_awake[i]] = false;
            }

            if (isDamped && change < Tolerance)
            {
                return;
            }
        }
    }

    /// <summary>Computes what one node tells each of its neighbors.</summary>
    /// <remarks>Sums from both ends instead of subtracting from the total: odds span many powers of ten.</remarks>
    private void SendFrom(int node)
    {
        (int first, int last) = (_first[node], _first[node + 1] - 1);
        double before = 0;
        for (int end = first; end <= last; end++)
        {
            _next[end] = before;
            before = Add(before, Incoming(end));
        }

        double after = 0;
        for (int end = last; end >= first; end--)
        {
            _next[end] = Chance(Add(_next[end], after));
            after = Add(after, Incoming(end));
        }
    }

    /// <summary>Tells a node's neighbors, and wakes those who hear something new.</summary>
    private void Move(int node, bool isDamped)
    {
        for (int end = _first[node]; end < _first[node + 1]; end++)
        {
            // Half of a step in the logarithm is the geometric mean; the other half is still to come.
            double message = isDamped ? Math.Sqrt(_messages[end] * _next[end]) : _next[end];
            if (Math.Abs(message - _messages[end]) >= Tolerance * message)
            {
                Wake(_nodeOf[_twins[end]]);
                if (isDamped)
                {
                    Wake(node);
                }
            }

            _messages[end] = message;
        }
    }

    private void Wake(int node)
    {
        if (!_isWoken[node])
        {
            _isWoken[node] = true;
            _woken[_wokenCount++] = node;
        }
    }

    /// <summary>Reads off the probabilities of the nodes' edges and tells by how much one changed at most.</summary>
    private double Read(ReadOnlySpan<int> nodes)
    {
        double change = 0;
        foreach (int node in nodes)
        {
            for (int end = _first[node]; end < _first[node + 1]; end++)
            {
                double probability = ProbabilityOf(end);
                change = Math.Max(change, Math.Abs(probability - Probabilities[_edgeOf[end]]));
                Probabilities[_edgeOf[end]] = probability;
            }
        }

        return change;
    }

    private double ProbabilityOf(int end)
    {
        double odds = _odds[end] * _messages[end] * _messages[_twins[end]];
        return odds / (1 + odds);
    }

    /// <summary>The odds of an edge as one of its nodes sees it.</summary>
    private double Incoming(int end) => _odds[end] * _messages[_twins[end]];

    /// <summary>Adds odds to those of other rivals: R + t + b R t.</summary>
    private double Add(double rivals, double odds) => Math.Min(MostRivals, rivals + odds + (_breach * rivals * odds));

    /// <summary>The chance that rivals leave a node to one more edge: (1 + b R) / (1 + R).</summary>
    private double Chance(double rivals) => (1 + (_breach * rivals)) / (1 + rivals);
}
