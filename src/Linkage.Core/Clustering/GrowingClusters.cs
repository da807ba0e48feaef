using Linkage.Core.Assignment;

namespace Linkage.Core.Clustering;

/// <summary>Clusters while they are being joined: one record each at first, fewer and larger with every join.</summary>
internal sealed class GrowingClusters
{
    private readonly DisjointSets _sets;
    private readonly ulong[] _held;
    private readonly ClusterSupport? _support;

    // By leader the leaders of clusters that must stay apart from it.
    private readonly Dictionary<int, HashSet<int>> _apart = [];

    /// <summary>Starts with every record as a cluster of its own.</summary>
    /// <param name="held">
    /// One bit per record and source, where a second record of that source is not allowed; it is changed.
    /// </param>
    /// <param name="support">What all pairs between two clusters say of their union; null to ask nobody.</param>
    public GrowingClusters(ulong[] held, ClusterSupport? support)
    {
        _held = held;
        _support = support;
        _sets = new DisjointSets(held.Length);
    }

    /// <summary>Puts records that are one cluster already together, without asking.</summary>
    public void Keep(ReadOnlySpan<int> members)
    {
        for (int i = 1; i < members.Length; i++)
        {
            (int a, int b) = (_sets.Find(members[0]), _sets.Find(members[i]));
            if (a != b)
            {
                Join(a, b);
            }
        }
    }

    /// <summary>Joins what a person decided to be one, and notes what must stay apart.</summary>
    /// <returns>How many joins put two records of a source free of duplicates together.</returns>
    public long Follow(DecidedLinks decided)
    {
        long broken = 0;
        foreach (DecidedLink link in decided.Matches)
        {
            (int a, int b) = (_sets.Find(link.Left), _sets.Find(link.Right));
            if (a != b)
            {
                broken += (_held[a] & _held[b]) != 0 ? 1 : 0;
                Join(a, b);
            }
        }

        foreach (DecidedLink link in decided.NonMatches)
        {
            (int a, int b) = (_sets.Find(link.Left), _sets.Find(link.Right));
            _ = ApartFrom(a).Add(b);
            _ = ApartFrom(b).Add(a);
        }

        return broken;
    }

    /// <summary>Joins the clusters of two records if nothing forbids it.</summary>
    /// <returns>False if it was forbidden; true also where they are in one cluster already.</returns>
    public bool TryJoin(int left, int right)
    {
        int a = _sets.Find(left);
        int b = _sets.Find(right);
        if (a == b)
        {
            return true;
        }

        bool isForbidden = (_held[a] & _held[b]) != 0
            || (_apart.TryGetValue(a, out HashSet<int>? others) && others.Contains(b))
            || _support?.Allows(a, b) == false;
        if (!isForbidden)
        {
            Join(a, b);
        }

        return !isForbidden;
    }

    /// <summary>Numbers the clusters in the order of their first records.</summary>
    public (int[] Labels, int Count) Label()
    {
        int[] labels = new int[_held.Length];
        int count = 0;
        for (int record = 0; record < labels.Length; record++)
        {
            // The leader is the smallest member, so it has its label before any other member asks.
            int leader = _sets.Find(record);
            labels[record] = leader == record ? count++ : labels[leader];
        }

        return (labels, count);
    }

    private void Join(int a, int b)
    {
        ulong union = _held[a] | _held[b];
        int leader = _sets.Union(a, b);
        int joined = leader == a ? b : a;
        _support?.Join(leader, joined);
        _held[leader] = union;
        if (_apart.Remove(joined, out HashSet<int>? others))
        {
            foreach (int other in others)
            {
                _ = ApartFrom(other).Remove(joined);
                _ = ApartFrom(other).Add(leader);
                _ = ApartFrom(leader).Add(other);
            }
        }
    }

    private HashSet<int> ApartFrom(int leader)
    {
        if (!_apart.TryGetValue(leader, out HashSet<int>? others))
        {
            _apart.Add(leader, others = []);
        }

        return others;
    }
}
