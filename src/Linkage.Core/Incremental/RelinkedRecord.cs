namespace Linkage.Core.Incremental;

/// <summary>A record whose link id changed.</summary>
/// <param name="Number">Its number in the index.</param>
/// <param name="OldLinkId">The link id before; null for a new record.</param>
/// <param name="NewLinkId">The link id now; null for a record that is gone.</param>
public readonly record struct RelinkedRecord(int Number, string? OldLinkId, string? NewLinkId);
