namespace Linkage.Core.Clustering;

/// <summary>The histogram of entity sizes: the first thing to look at for over-linking.</summary>
internal static class EntitySizes
{
    /// <summary>Counts entities by size, smallest size first; sizes that do not occur are left out.</summary>
    internal static EntitySize[] Histogram(EntityClusters clusters)
    {
        int[] records = new int[clusters.Count];
        foreach (int label in clusters.Labels)
        {
            records[label]++;
        }

        SortedDictionary<int, int> entities = [];
        foreach (int size in records)
        {
            entities[size] = entities.GetValueOrDefault(size) + 1;
        }

        return [.. entities.Select(entry => new EntitySize(entry.Key, entry.Value))];
    }
}
