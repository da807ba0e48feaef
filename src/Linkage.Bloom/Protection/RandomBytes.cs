using System.Security.Cryptography;

namespace Linkage.Bloom.Protection;

/// <summary>
/// Bytes of the system's cryptographic generator, fetched in bulk because a call costs more than its bytes.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RandomBytes
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _used;

    public RandomBytes() => _used = _buffer.Length;

    /// <summary>Fills a short span with bytes that are handed out once.</summary>
    public void Fill(Span<byte> destination)
    {
        if (_used + destination.Length > _buffer.Length)
        {
            RandomNumberGenerator.Fill(_buffer);
            _used = 0;
        }

        Span<byte> bytes = _buffer.AsSpan(_used, destination.Length);
        bytes.CopyTo(destination);
        bytes.Clear();
        _used += destination.Length;
    }
}
