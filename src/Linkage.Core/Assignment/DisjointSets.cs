namespace Linkage.Core.Assignment;

/// <summary>Sets that only ever grow together: union by smaller number, find with path halving.</summary>
/// <remarks>
/// Path halving: R. E. Tarjan, J. van Leeuwen, "Worst-case analysis of set union algorithms", J. ACM 31(2), 1984.
/// The smallest member leads its set, so the leader depends on the sets alone and not on the order of the unions.
/// </remarks>
internal sealed class DisjointSets
{
    private readonly int[] _parent;

    internal DisjointSets(int count)
    {
        _parent = new int[count];
        for (int i = 0; i < count; i++)
        {
            _parent[i] = i;
        }
    }

    /// <summary>The smallest member of the set that holds <paramref name="item"/>.</summary>
    internal int Find(int item)
    {
        int[] parent = _parent;
        while (parent[item] != item)
        {
            parent[item] = parent[parent[item]];
            item = parent[item];
        }

        return item;
    }

    /// <summary>Makes one set of two, given by their leaders, and returns its leader.</summary>
    internal int Union(int leader, int other)
    {
        (int kept, int joined) = leader < other ? (leader, other) : (other, leader);
        _parent[joined] = kept;
        return kept;
    }
}
