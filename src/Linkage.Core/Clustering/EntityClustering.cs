using Linkage.Core.Assignment;

namespace Linkage.Core.Clustering;

/// <summary>Puts records of many sources into entities, along the edges, heaviest first.</summary>
/// <remarks>
/// Single linkage under a constraint: an edge joins the clusters of its two records unless the union would hold two
/// records of one source declared free of duplicates, or the two clusters as a whole do not support it; then the edge
/// is refused. Without such a source and without support the entities are the connected components. What a person
/// decided goes first: must-links are followed whatever speaks against them, and no edge joins two clusters between
/// which there is a cannot-link.
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
    /// <param name="decided">What a person decided; null for nothing.</param>
    /// <exception cref="ArgumentException">A number is out of range or the order wrong; the row is named.</exception>
    internal static EntityClusters Cluster(
        ReadOnlySpan<int> sources,
        ReadOnlySpan<bool> duplicatesFree,
        ReadOnlySpan<WeightedEdge> edges,
        ClusterSupport? support = null,
        DecidedLinks? decided = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duplicatesFree.Length, MaxSources, nameof(duplicatesFree));
        EdgeOrder.ThrowIfUnordered(edges);
        var clusters = new GrowingClusters(HeldSources(sources, duplicatesFree), support);
        long broken = clusters.Follow(decided ?? DecidedLinks.None);
        long refused = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            WeightedEdge edge = edges[i];
            if (Math.Max(edge.Left, edge.Right) >= sources.Length)
            {
                throw new ArgumentException($"Edge {i} speaks of a record that does not exist.", nameof(edges));
            }

            refused += clusters.TryJoin(edge.Left, edge.Right) ? 0 : 1;
        }

        (int[] labels, int count) = clusters.Label();
        return new EntityClusters(labels, count, refused, broken);
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
}
