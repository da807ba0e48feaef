namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>Where the chunks of an encrypted file lie: each in a slot, at a place known beforehand.</summary>
/// <param name="ChunkLength">Bytes of plaintext in every chunk but the last.</param>
internal readonly record struct SealedLayout(int ChunkLength)
{
    /// <summary>Bytes of a whole slot.</summary>
    public int SlotLength => ChunkLength + SealedBytes.Overhead;

    /// <summary>Bytes on disk of a file of so many bytes.</summary>
    public long LengthOf(long length) =>
        length + (((length + ChunkLength - 1) / ChunkLength) * SealedBytes.Overhead);

    /// <summary>Where a chunk's slot begins.</summary>
    public long OffsetOf(long chunk) => chunk * SlotLength;
}
