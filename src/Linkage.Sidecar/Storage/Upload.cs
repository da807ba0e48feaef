using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>An encoded file on its way in.</summary>
/// <param name="Id">Random; 32 hex digits. The segment it becomes has the same.</param>
/// <param name="ProjectId">The project it is for.</param>
/// <param name="Party">The party that sends it.</param>
/// <param name="IdempotencyKey">The key it was begun with.</param>
/// <param name="Plan">What the party announced.</param>
/// <param name="TermsVersion">The terms in force when it was begun.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Acknowledged">The bytes that no crash can take away.</param>
/// <param name="CreatedAt">When it was begun.</param>
internal sealed record Upload(
    string Id,
    string ProjectId,
    string Party,
    string IdempotencyKey,
    UploadPlan Plan,
    int TermsVersion,
    UploadState State,
    ByteRanges Acknowledged,
    DateTimeOffset CreatedAt)
{
    /// <summary>When something of it last came; when it was begun, if nothing has.</summary>
    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>Whether its chunks are encrypted, each as it came.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Bytes on disk of the file's beginning, up to the end of a chunk.</summary>
    public long StoredLength(long length) =>
        IsSealed ? new SealedLayout(Plan.ChunkLength).LengthOf(length) : length;
}
