namespace Linkage.Sidecar.Storage;

/// <summary>All that has happened to a run's records since, in one snapshot.</summary>
/// <param name="Inputs">The files the run linked, in order.</param>
/// <param name="Added">Files of records that were added to these, in order.</param>
/// <param name="Removed">Records that were removed from either.</param>
/// <param name="Decided">What persons decided.</param>
/// <param name="Relinked">Records whose link id is not the run's any more, with the one they have now.</param>
internal sealed record LiveRows(
    IReadOnlyList<Segment> Inputs,
    IReadOnlyList<AddedFile> Added,
    IReadOnlyList<RemovedRecord> Removed,
    IReadOnlyList<DecidedPair> Decided,
    IReadOnlyList<RelinkedRecord> Relinked);
