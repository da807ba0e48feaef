using System.Security.Cryptography;

namespace Linkage.Bloom.Protection;

/// <summary>
/// Bytes of the system's cryptographic generator, fetched in bulk because a call costs more than its bytes.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RandomBytes
{
    private const int LeastFetched = 1 << 8;
    private const int MostFetched = 1 << 14;

    private byte[] _buffer = [];
    private int _used;

    /// <summary>Fills a short span with bytes that are handed out once.</summary>
    public void Fill(Span<byte> destination)
    {
        if (_used + destination.Length > _buffer.Length)
        {
            // Who asks once needs little: what is fetched grows with what was needed.
            int length = Math.Clamp(Math.Max(_buffer.Length * 2, destination.Length), LeastFetched, MostFetched);
            _buffer = _buffer.Length == length ? _buffer : new byte[length];
            RandomNumberGenerator.Fill(_buffer);
            _used = 0;
        }

        Span<byte> bytes = _buffer.AsSpan(_used, destination.Length);
        bytes.CopyTo(destination);
        bytes.Clear();
        _used += destination.Length;
    }
}
