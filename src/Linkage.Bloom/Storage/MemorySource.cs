namespace Linkage.Bloom.Storage;

/// <summary>An encoded file that came as bytes; a copy that nobody can change once it is verified.</summary>
internal sealed class MemorySource : ByteSource
{
    private readonly byte[] _content;

    // Not pinned: a pinned array is only freed by a collection of all memory, and messages come by the thousand.
    public MemorySource(ReadOnlySpan<byte> content) => _content = content.ToArray();

    public override long Length => _content.Length;

    public override void ReadExactly(Span<byte> destination, long offset) =>
        _content.AsSpan((int)offset, destination.Length).CopyTo(destination);

    public override void Attach() => IsIn(_content);

    protected override void Release()
    {
        // The array lives as long as this.
    }
}
