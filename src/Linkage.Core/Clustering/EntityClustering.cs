using Linkage.Core.Assignment;

namespace Linkage.Core.Clustering;

/// <summary>Puts records of many sources into entities, along the edges, heaviest first.</summary>
/// <remarks>
/// Single linkage under a constraint: an edge joins the clusters of its two records unless the union would hold two
/// records of one source declared free of duplicates, or the two clusters as a whole do not support it; then the edge
/// is refused. Without such a source and without support the entities are the connected components.
/// </remarks>
internal static class EntityClustering
{
    /// <summary>A cluster remembers the sources it holds in one word.</summary>
    internal const int MaxSources = 64;

    /// <summary>Clusters the records.</summary>
    /// <param name="sources">Per record the number of its source.</param>
    /// <param name="duplicatesFree">Per source whether it is free of duplicates; at most 64 sources.</param>
    /// <param name="edges">Accepted links, heaviest first; both ends count the same records.</param>
    /// <param name="support">
    /// What all pairs between two clusters say of their union; null to ask the edge alone.
    /// </param>
    /// <exception cref="ArgumentException">A number is out of range or the order wrong; the row is named.</exception>
    internal static EntityClusters Cluster(
        ReadOnlySpan<int> sources,
        ReadOnlySpan<bool> duplicatesFree,
        ReadOnlySpan<WeightedEdge> edges,
        ClusterSupport? support = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duplicatesFree.Length, MaxSources, nameof(duplicatesFree));
        EdgeOrder.ThrowIfUnordered(edges);
        ulong[] held = HeldSources(sources, duplicatesFree);
        DisjointSets sets = new(sources.Length);
        long refused = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            WeightedEdge edge = edges[i];
            if (Math.Max(edge.Left, edge.Right) >= sources.Length)
            {
                throw new ArgumentException($"Edge {i} speaks of a record that does not exist.", nameof(edges));
            }

            int a = sets.Find(edge.Left);
            int b = sets.Find(edge.Right);
            if (a == b)
            {
                continue;
            }

            if ((held[a] & held[b]) != 0 || support?.Allows(a, b) == false)
            {
                refused++;
                continue;
            }

            ulong union = held[a] | held[b];
            int leader = sets.Union(a, b);
            support?.Join(leader, leader == a ? b : a);
            held[leader] = union;
        }

        (int[] labels, int count) = Label(sets, sources.Length);
        return new EntityClusters(labels, count, refused);
    }

    /// <summary>One bit per record and source: set only where a second record of that source is not allowed.</summary>
    private static ulong[] HeldSources(ReadOnlySpan<int> sources, ReadOnlySpan<bool> duplicatesFree)
    {
        ulong[] held = new ulong[sources.Length];
        for (int record = 0; record < sources.Length; record++)
        {
            int source = sources[record];
            if ((uint)source >= (uint)duplicatesFree.Length)
            {
                throw new ArgumentException($"Record {record} belongs to no known source.", nameof(sources));
            }

            held[record] = duplicatesFree[source] ? 1UL << source : 0;
        }

        return held;
    }

    private static (int[] Labels, int Count) Label(DisjointSets sets, int records)
    {
        int[] labels = new int[records];
        int count = 0;
        for (int record = 0; record < records; record++)
        {
            // The leader is the smallest member, so it has its label before any other member asks.
            int leader = sets.Find(record);
            labels[record] = leader == record ? count++ : labels[leader];
        }

        return (labels, count);
    }
}
