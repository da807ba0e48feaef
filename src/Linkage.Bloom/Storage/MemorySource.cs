using System.Runtime.InteropServices;

namespace Linkage.Bloom.Storage;

/// <summary>An encoded file that came as bytes; a copy that nobody can change once it is verified.</summary>
internal sealed class MemorySource : ByteSource
{
    private readonly byte[] _content;

    public MemorySource(ReadOnlySpan<byte> content)
    {
        _content = GC.AllocateUninitializedArray<byte>(content.Length, pinned: true);
        content.CopyTo(_content);
    }

    public override long Length => _content.Length;

    public override void ReadExactly(Span<byte> destination, long offset) =>
        _content.AsSpan((int)offset, destination.Length).CopyTo(destination);

    protected override nint Map() => Marshal.UnsafeAddrOfPinnedArrayElement(_content, 0);

    protected override void Release()
    {
        // The array lives as long as this.
    }
}
