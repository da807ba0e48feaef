using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Linkage.Bloom.Storage;

/// <summary>Where an encoded file is read from: a plain file, or memory.</summary>
/// <remarks>
/// Thread-safe once attached, until disposed. A span is valid until then; the owner must outlive every reader.
/// </remarks>
internal abstract class ByteSource : IDisposable
{
    private nint _start;
    private byte[]? _array;
    private bool _disposed;

    /// <summary>Bytes in all.</summary>
    public abstract long Length { get; }

    /// <summary>Copies a piece, by reading: a file that is cut meanwhile gives an error and not a fault.</summary>
    public abstract void ReadExactly(Span<byte> destination, long offset);

    /// <summary>Puts all of it into the address space; nothing can be seen in place before.</summary>
    public abstract void Attach();

    /// <summary>A piece in place.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);

        if (_array is { } array)
        {
            return array.AsSpan((int)offset, length);
        }

        if (_start == 0)
        {
            return SliceOfPiece(offset, length);
        }

        // What is mapped does not move.
        return MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), _start + (nint)offset), length);
    }

    /// <summary>Lets go of what is held.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Release();
        }
    }

    /// <summary>Says that all of it is mapped at an address, and stays there until <see cref="Release"/>.</summary>
    protected void IsMappedAt(nint start) => _start = start;

    /// <summary>Says that all of it is in an array.</summary>
    protected void IsIn(byte[] array) => _array = array;

    /// <summary>A piece of what is not in the address space as a whole; valid until others were seen.</summary>
    protected virtual ReadOnlySpan<byte> SliceOfPiece(long offset, int length) =>
        throw new InvalidOperationException("Nothing can be seen in place before it is attached.");

    protected abstract void Release();
}
