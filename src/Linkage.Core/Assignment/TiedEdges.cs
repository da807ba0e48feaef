namespace Linkage.Core.Assignment;

/// <summary>Finds the kept edges that another choice of the same weights would have replaced.</summary>
/// <remarks>
/// An edge is tied if the assignment can give it up and keep as many edges of exactly its weight all the same, by
/// passing partners along a chain of such edges: C. Berge, "Two theorems in graph theory", Proceedings of the National
/// Academy of Sciences 43 (1957), 842–844, within the edges of one weight. The chain ends at a record without a
/// partner, at one that may have several, or where it began. Then nothing but the order of the edges spoke for it.
/// </remarks>
internal sealed class TiedEdges
{
    private const int None = -1;

    private readonly WeightedEdge[] _edges;
    private readonly AssignmentLimits _limits;

    // Right records are nodes after the left ones.
    private readonly int _left;
    private readonly int[] _partnerEdge;

    // Per node and weight its edges that lost.
    private readonly Dictionary<(int Node, double Weight), List<int>> _lost = [];
    private readonly Queue<int> _queue = new();
    private readonly HashSet<int> _seen = [];

    private TiedEdges(ReadOnlySpan<WeightedEdge> edges, ReadOnlySpan<bool> kept, AssignmentLimits limits)
    {
        _edges = [.. edges];
        _limits = limits;
        (_left, int right) = EdgeOrder.Sides(edges);
        _partnerEdge = new int[checked(_left + right)];
        Array.Fill(_partnerEdge, None);
        for (int i = 0; i < edges.Length; i++)
        {
            foreach (int node in (ReadOnlySpan<int>)[edges[i].Left, _left + edges[i].Right])
            {
                if (!kept[i])
                {
                    LostOf(node, edges[i].Weight).Add(i);
                }
                else if (IsLimited(node))
                {
                    _partnerEdge[node] = i;
                }
            }
        }
    }

    /// <summary>Tells for every edge whether it is kept and tied.</summary>
    /// <param name="edges">Any order; numbers count records of different sources.</param>
    /// <param name="kept">Per edge whether it was kept.</param>
    /// <param name="limits">Which sides may have one partner only.</param>
    internal static bool[] Find(ReadOnlySpan<WeightedEdge> edges, ReadOnlySpan<bool> kept, AssignmentLimits limits)
    {
        var search = new TiedEdges(edges, kept, limits);
        bool[] tied = new bool[edges.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            tied[i] = kept[i] && search.IsTied(i);
        }

        return tied;
    }

    // Without the edge one of its limited records needs another partner of the same weight; the other one is free then.
    private bool IsTied(int edge) =>
        (_limits.LeftLimited && Replaces(edge, _edges[edge].Left))
        || (_limits.RightLimited && Replaces(edge, _left + _edges[edge].Right));

    /// <summary>Breadth first along lost and kept edges in turn, from a record that lost its partner.</summary>
    private bool Replaces(int edge, int start)
    {
        double weight = _edges[edge].Weight;
        int freed = OtherEnd(edge, start);
        _seen.Clear();
        _queue.Clear();
        _queue.Enqueue(start);
        while (_queue.TryDequeue(out int node))
        {
            if (!_lost.TryGetValue((node, weight), out List<int>? lost))
            {
                continue;
            }

            foreach (int other in lost.Select(i => OtherEnd(i, node)).Where(_seen.Add))
            {
                int partnerEdge = _partnerEdge[other];
                if (partnerEdge == None || other == freed)
                {
                    return true;
                }

                if (_edges[partnerEdge].Weight.Equals(weight))
                {
                    _queue.Enqueue(OtherEnd(partnerEdge, other));
                }
            }
        }

        return false;
    }

    private bool IsLimited(int node) => node < _left ? _limits.LeftLimited : _limits.RightLimited;

    private int OtherEnd(int edge, int node) =>
        node < _left ? _left + _edges[edge].Right : _edges[edge].Left;

    private List<int> LostOf(int node, double weight)
    {
        if (!_lost.TryGetValue((node, weight), out List<int>? lost))
        {
            _lost.Add((node, weight), lost = []);
        }

        return lost;
    }
}
