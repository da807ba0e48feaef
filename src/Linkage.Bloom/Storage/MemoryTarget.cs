namespace Linkage.Bloom.Storage;

/// <summary>Writes to an array, for files of few records.</summary>
internal sealed class MemoryTarget : ByteTarget
{
    /// <summary>What was written.</summary>
    public byte[] Content { get; private set; } = [];

    public override void SetLength(long length)
    {
        byte[] content = Content;
        Array.Resize(ref content, checked((int)length));
        Content = content;
    }

    public override void Write(ReadOnlySpan<byte> source, long offset) => source.CopyTo(Content.AsSpan((int)offset));

    public override byte[] HashBlocks(long end)
    {
        using var hashes = new BlockHashes();
        hashes.Append(Content.AsSpan(0, (int)end));
        return hashes.ToTable();
    }
}
