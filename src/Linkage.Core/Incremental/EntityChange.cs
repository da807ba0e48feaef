namespace Linkage.Core.Incremental;

/// <summary>A change of link ids, with all records it concerns.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Records">The records whose link id it changed, by number.</param>
public sealed record EntityChange(EntityChangeKind Kind, IReadOnlyList<RelinkedRecord> Records);
