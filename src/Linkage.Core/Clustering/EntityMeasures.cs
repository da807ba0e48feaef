using Linkage.Core.Assignment;

namespace Linkage.Core.Clustering;

/// <summary>Measures the entities of two records or more.</summary>
internal static class EntityMeasures
{
    /// <summary>Measures them, those most in doubt first.</summary>
    /// <param name="clusters">The entities.</param>
    /// <param name="sources">Per record the number of its source; those of a source stand together.</param>
    /// <param name="links">The links with their probability as weight, heaviest first, no pair twice.</param>
    /// <returns>By rising density, then by rising weakest link, then the larger first, then by number.</returns>
    public static EntityMetrics[] Measure(
        EntityClusters clusters, ReadOnlySpan<int> sources, ReadOnlySpan<WeightedEdge> links)
    {
        EdgeOrder.ThrowIfUnordered(links);
        int[] labels = clusters.Labels;
        (int[] records, int[] parties) = CountRecords(clusters, sources);
        WeightedEdge[] inside = Inside(links, labels);
        long[] pairs = new long[clusters.Count];
        double[] weakest = new double[clusters.Count];
        int[] bridges = new int[clusters.Count];
        var tree = new DisjointSets(labels.Length);
        foreach (WeightedEdge link in inside)
        {
            int entity = labels[link.Left];
            pairs[entity]++;

            // Kruskal 1956: heaviest first, a link that joins two parts is of the maximum spanning tree, the last one
            // its lightest.
            (int a, int b) = (tree.Find(link.Left), tree.Find(link.Right));
            if (a != b)
            {
                _ = tree.Union(a, b);
                weakest[entity] = link.Weight;
            }
        }

        foreach (int bridge in new EntityGraph(labels.Length, inside).FindBridges())
        {
            bridges[labels[inside[bridge].Left]]++;
        }

        return
        [
            .. Enumerable.Range(0, clusters.Count).Where(entity => records[entity] > 1)
                .Select(entity => new EntityMetrics
                {
                    Entity = entity,
                    Records = records[entity],
                    Parties = parties[entity],
                    Pairs = pairs[entity],
                    Density = pairs[entity] / (0.5 * records[entity] * (records[entity] - 1)),
                    WeakestLink = weakest[entity],
                    Bridges = bridges[entity],
                })
                .OrderBy(entity => entity.Density).ThenBy(entity => entity.WeakestLink)
                .ThenByDescending(entity => entity.Records).ThenBy(entity => entity.Entity),
        ];
    }

    // A link between two entities was refused.
    private static WeightedEdge[] Inside(ReadOnlySpan<WeightedEdge> links, int[] labels)
    {
        var inside = new List<WeightedEdge>(links.Length);
        foreach (WeightedEdge link in links)
        {
            if (labels[link.Left] == labels[link.Right])
            {
                inside.Add(link);
            }
        }

        return [.. inside];
    }

    private static (int[] Records, int[] Parties) CountRecords(EntityClusters clusters, ReadOnlySpan<int> sources)
    {
        const int Nobody = -1;
        int[] records = new int[clusters.Count];
        int[] parties = new int[clusters.Count];
        int[] last = new int[clusters.Count];
        Array.Fill(last, Nobody);
        for (int record = 0; record < sources.Length; record++)
        {
            int entity = clusters.Labels[record];
            records[entity]++;
            if (last[entity] != sources[record])
            {
                last[entity] = sources[record];
                parties[entity]++;
            }
        }

        return (records, parties);
    }
}
