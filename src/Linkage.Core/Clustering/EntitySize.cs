namespace Linkage.Core.Clustering;

/// <summary>How many entities have a certain number of records.</summary>
/// <param name="Records">Records in the entity, at least one.</param>
/// <param name="Entities">Entities of that size, at least one.</param>
internal readonly record struct EntitySize(int Records, int Entities);
