namespace Linkage.Sidecar.Storage;

/// <summary>A change of link ids.</summary>
/// <param name="Sequence">Its number in the project, from 1; 0 before it is stored.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Records">The records whose link id it changed.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record LinkChange(
    long Sequence, LinkChangeKind Kind, IReadOnlyList<RelinkedRecord> Records, DateTimeOffset ChangedAt);
