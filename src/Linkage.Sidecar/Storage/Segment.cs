using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>A file of the store, which is never written again, at most replaced.</summary>
/// <param name="Id">Random; 32 hex digits.</param>
/// <param name="ProjectId">The project it belongs to.</param>
/// <param name="Party">The party whose records it encodes; null for the results of a run.</param>
/// <param name="RunId">The run it came from; null for encodings.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">What its sender called it; never part of a path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Checksum of its content.</param>
/// <param name="TermsVersion">The terms in force when its upload was begun; 0 for results.</param>
/// <param name="CreatedAt">When it was stored.</param>
internal sealed record Segment(
    string Id,
    string ProjectId,
    string? Party,
    string? RunId,
    SegmentKind Kind,
    string Name,
    long Length,
    ReadOnlyMemory<byte> Sha256,
    int TermsVersion,
    DateTimeOffset CreatedAt)
{
    /// <summary>The id of its file: its own, until the file is replaced by one with fewer records.</summary>
    public string FileId
    {
        get => field ?? Id;
        init;
    }

    /// <summary>Bytes of its chunks, if the file is encrypted; null if it is not.</summary>
    public int? SealedChunk { get; init; }

    /// <summary>Bytes of its file on disk.</summary>
    public long StoredLength => SealedChunk is { } chunk ? new SealedLayout(chunk).LengthOf(Length) : Length;
}
