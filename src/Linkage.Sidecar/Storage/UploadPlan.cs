using System.Security.Cryptography;

namespace Linkage.Sidecar.Storage;

/// <summary>What a party announces before it sends a file.</summary>
/// <param name="Name">What the party calls the file; never part of a path.</param>
/// <param name="Length">Bytes of the whole file, 1 or more.</param>
/// <param name="Sha256">Checksum of the whole file.</param>
/// <param name="ChunkLength">Bytes of every chunk but the last.</param>
internal sealed record UploadPlan(string Name, long Length, ReadOnlyMemory<byte> Sha256, int ChunkLength)
{
    /// <summary>What the party says of the file's header, as the services write it down; may be empty.</summary>
    public string Facts { get; init; } = string.Empty;

    /// <summary>The shortest chunk: it bounds how many ranges a hostile order of chunks can leave behind.</summary>
    public const int MinChunkLength = 4 * 1024;

    /// <summary>The longest chunk.</summary>
    public const int MaxChunkLength = 16 * 1024 * 1024;

    /// <summary>Refuses a plan that cannot be carried out.</summary>
    /// <exception cref="ArgumentException">A number is out of range, or the checksum has a wrong length.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Sha256.Length, SHA256.HashSizeInBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkLength, MinChunkLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ChunkLength, MaxChunkLength);
    }

    /// <summary>Whether a chunk lies on the grid: whole chunks, and the rest of the file as the last.</summary>
    public bool HasChunk(long offset, int length) =>
        offset >= 0 && offset < Length && offset % ChunkLength == 0
        && length == Math.Min(ChunkLength, Length - offset);
}
