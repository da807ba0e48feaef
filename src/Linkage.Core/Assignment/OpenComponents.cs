namespace Linkage.Core.Assignment;

/// <summary>The connected components whose greedy answer may not be the best, ready to be solved apart.</summary>
/// <remarks>
/// No answer can give the left records more than each one's heaviest edge, nor the right ones. So where greedy gives
/// every record of one side its heaviest weight, it is the best: that settles single edges, stars and most others.
/// </remarks>
internal sealed class OpenComponents
{
    private readonly record struct Extent(int Start, int Edges, int Left, int Right);

    private readonly List<Extent> _extents = [];
    private WeightedEdge[] _edges = [];
    private int[] _positions = [];

    private OpenComponents()
    {
    }

    /// <summary>Components to solve, in the order of their first edges.</summary>
    internal int Count => _extents.Count;

    /// <summary>Edges of a component.</summary>
    internal int Edges(int component) => _extents[component].Edges;

    /// <summary>Finds the components that need solving.</summary>
    /// <param name="edges">Edges with positive weight, heaviest first.</param>
    /// <param name="kept">The greedy one-to-one answer for them.</param>
    internal static OpenComponents Find(ReadOnlySpan<WeightedEdge> edges, ReadOnlySpan<bool> kept)
    {
        (int left, int right) = EdgeOrder.Sides(edges);
        int nodes = checked(left + right);
        DisjointSets sets = new(nodes);
        foreach (WeightedEdge edge in edges)
        {
            int a = sets.Find(edge.Left);
            int b = sets.Find(left + edge.Right);
            if (a != b)
            {
                _ = sets.Union(a, b);
            }
        }

        bool[] isOpen = FindOpen(edges, kept, sets, left, nodes);
        OpenComponents open = new();
        open.Gather(edges, sets, isOpen, left);
        return open;
    }

    /// <summary>Solves one component and writes its answer to the places of its edges.</summary>
    /// <returns>False if the solver gave up; the component keeps its greedy answer.</returns>
    internal bool Solve(int component, ComponentSolver solver, bool[] kept, CancellationToken cancellationToken)
    {
        Extent extent = _extents[component];
        ReadOnlySpan<int> positions = _positions.AsSpan(extent.Start, extent.Edges);
        ReadOnlySpan<WeightedEdge> edges = _edges.AsSpan(extent.Start, extent.Edges);
        if (!solver.TrySolve(edges, extent.Left, extent.Right, cancellationToken))
        {
            return false;
        }

        double greedy = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            greedy += kept[positions[i]] ? edges[i].Weight : 0;
        }

        // A gain this small is the rounding of sums in another order; the tie stays with greedy, the earlier edges.
        const double Rounding = 1e-12;
        if (solver.Total > greedy * (1 + Rounding))
        {
            for (int i = 0; i < edges.Length; i++)
            {
                kept[positions[i]] = solver.IsKept(edges[i].Left, i);
            }
        }

        return true;
    }

    /// <summary>Marks the leaders of components in which both sides have a record that greedy left short.</summary>
    private static bool[] FindOpen(
        ReadOnlySpan<WeightedEdge> edges, ReadOnlySpan<bool> kept, DisjointSets sets, int left, int nodes)
    {
        double[] received = new double[nodes];
        for (int i = 0; i < edges.Length; i++)
        {
            if (kept[i])
            {
                received[edges[i].Left] = edges[i].Weight;
                received[left + edges[i].Right] = edges[i].Weight;
            }
        }

        bool[] leftShort = new bool[nodes];
        bool[] isOpen = new bool[nodes];
        foreach (WeightedEdge edge in edges)
        {
            if (received[edge.Left] < edge.Weight)
            {
                leftShort[sets.Find(edge.Left)] = true;
            }
        }

        foreach (WeightedEdge edge in edges)
        {
            if (received[left + edge.Right] < edge.Weight)
            {
                int leader = sets.Find(edge.Left);
                isOpen[leader] = leftShort[leader];
            }
        }

        return isOpen;
    }

    /// <summary>Copies the edges of open components side by side, with record numbers local to the component.</summary>
    private void Gather(ReadOnlySpan<WeightedEdge> edges, DisjointSets sets, bool[] isOpen, int left)
    {
        Dictionary<int, int> componentOfLeader = [];
        List<int> sizes = [];
        foreach (WeightedEdge edge in edges)
        {
            int leader = sets.Find(edge.Left);
            if (!isOpen[leader])
            {
                continue;
            }

            if (componentOfLeader.TryAdd(leader, sizes.Count))
            {
                sizes.Add(0);
            }

            sizes[componentOfLeader[leader]]++;
        }

        LayOut(sizes);
        Dictionary<int, int> localNumbers = [];
        for (int i = 0; i < edges.Length; i++)
        {
            int leader = sets.Find(edges[i].Left);
            if (isOpen[leader])
            {
                Append(componentOfLeader[leader], i, edges[i], left, localNumbers);
            }
        }
    }

    /// <summary>Gives every component its room, still empty.</summary>
    private void LayOut(List<int> sizes)
    {
        int total = 0;
        foreach (int size in sizes)
        {
            _extents.Add(new Extent(total, 0, 0, 0));
            total += size;
        }

        _edges = new WeightedEdge[total];
        _positions = new int[total];
    }

    private void Append(int component, int position, WeightedEdge edge, int left, Dictionary<int, int> localNumbers)
    {
        Extent extent = _extents[component];
        int place = extent.Start + extent.Edges;
        extent = extent with { Edges = extent.Edges + 1 };
        if (!localNumbers.TryGetValue(edge.Left, out int localLeft))
        {
            localLeft = extent.Left;
            localNumbers.Add(edge.Left, localLeft);
            extent = extent with { Left = localLeft + 1 };
        }

        if (!localNumbers.TryGetValue(left + edge.Right, out int localRight))
        {
            localRight = extent.Right;
            localNumbers.Add(left + edge.Right, localRight);
            extent = extent with { Right = localRight + 1 };
        }

        _edges[place] = new WeightedEdge(localLeft, localRight, edge.Weight);
        _positions[place] = position;
        _extents[component] = extent;
    }
}
