using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>An encoded file of any length in memory of its own, which is overwritten when it is let go.</summary>
/// <remarks>Not the runtime's heap: arrays end at 2 GiB and leave copies behind when they are moved.</remarks>
internal sealed class NativeSource : ByteSource
{
    private const int Alignment = 64;
    private const int PieceLength = 1 << 30;

    private readonly nint _memory;
    private readonly nint _start;

    /// <summary>Fills the memory, from the first byte to the last.</summary>
    /// <param name="length">Bytes in all.</param>
    /// <param name="read">Fills a span with the bytes from an offset on.</param>
    public NativeSource(long length, Action<long, Span<byte>> read)
    {
        Length = length;
        _memory = Marshal.AllocHGlobal(checked((nint)length + Alignment));
        _start = (_memory + Alignment - 1) & -(nint)Alignment;
        IsMappedAt(_start);
        bool whole = false;
        try
        {
            ForEachPiece(read);
            whole = true;
        }
        finally
        {
            if (!whole)
            {
                Dispose();
            }
        }
    }

    public override long Length { get; }

    public override void ReadExactly(Span<byte> destination, long offset) =>
        Slice(offset, destination.Length).CopyTo(destination);

    public override void Attach()
    {
        // It is in place from the beginning.
    }

    protected override void Release()
    {
        ForEachPiece((_, piece) => CryptographicOperations.ZeroMemory(piece));
        Marshal.FreeHGlobal(_memory);
    }

    private void ForEachPiece(Action<long, Span<byte>> action)
    {
        for (long offset = 0; offset < Length; offset += PieceLength)
        {
            int length = (int)Math.Min(PieceLength, Length - offset);
            action(offset, MemoryMarshal.CreateSpan(
                ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), _start + (nint)offset), length));
        }
    }
}
