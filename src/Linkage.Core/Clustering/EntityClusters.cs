namespace Linkage.Core.Clustering;

/// <summary>The entities records were put into.</summary>
/// <param name="Labels">Per record its entity: 0, 1, 2 … in the order of each entity's first record.</param>
/// <param name="Count">Number of entities, those of one record included.</param>
/// <param name="RefusedEdges">
/// Edges not followed because a source free of duplicates, the other pairs or a decision forbade it.
/// </param>
/// <param name="BrokenPromises">
/// Must-links that put two records of a source free of duplicates together; they were followed all the same.
/// </param>
internal sealed record EntityClusters(int[] Labels, int Count, long RefusedEdges, long BrokenPromises = 0);
