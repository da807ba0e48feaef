namespace Linkage.Sidecar.Storage;

/// <summary>Files that were deleted together, and why.</summary>
/// <param name="Id">Random; 32 hex digits.</param>
/// <param name="ProjectId">The project they belonged to.</param>
/// <param name="Reason">Why.</param>
/// <param name="Clause">The clause that asked for it; empty if none did.</param>
/// <param name="MarkedAt">When they ceased to be there for callers.</param>
/// <param name="ProjectKeyWiped">Whether the project's key was wiped with them.</param>
/// <param name="Files">The files, ordered by id.</param>
internal sealed record Deletion(
    string Id,
    string ProjectId,
    DeletionReason Reason,
    string Clause,
    DateTimeOffset MarkedAt,
    bool ProjectKeyWiped,
    IReadOnlyList<DeletedFile> Files);
