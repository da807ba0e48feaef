using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>An encoded file of which some pieces are in memory at a time, to be verified from end to end.</summary>
/// <remarks>
/// A span is valid until <see cref="PieceCount"/> further pieces were seen: enough for neighbouring rows, not for
/// comparing records. Reading is safe from several threads, seeing in place is not.
/// </remarks>
internal sealed class PieceSource : ByteSource
{
    private const int PieceLength = 1 << 20;
    private const int PieceCount = 8;

    private readonly Lock _gate = new();
    private readonly Action<long, Span<byte>> _read;
    private readonly byte[][] _pieces = new byte[PieceCount][];
    private readonly long[] _numbers = new long[PieceCount];

    /// <summary>Holds nothing yet.</summary>
    /// <param name="length">Bytes in all.</param>
    /// <param name="read">Fills a span with the bytes from an offset on.</param>
    public PieceSource(long length, Action<long, Span<byte>> read)
    {
        Length = length;
        _read = read;
        Array.Fill(_numbers, -1);
    }

    public override long Length { get; }

    public override void ReadExactly(Span<byte> destination, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        lock (_gate)
        {
            _read(offset, destination);
        }
    }

    public override void Attach()
    {
        // Pieces come when they are looked at.
    }

    protected override ReadOnlySpan<byte> SliceOfPiece(long offset, int length)
    {
        long number = offset / PieceLength;
        int start = (int)(offset % PieceLength);
        if (start + length <= PieceLength)
        {
            return Piece(number).AsSpan(start, length);
        }

        byte[] across = new byte[length];
        ReadExactly(across, offset);
        return across;
    }

    protected override void Release()
    {
        foreach (byte[] piece in _pieces)
        {
            CryptographicOperations.ZeroMemory(piece);
        }
    }

    private byte[] Piece(long number)
    {
        int place = (int)(number % PieceCount);
        byte[] piece = _pieces[place] ??= new byte[PieceLength];
        if (_numbers[place] != number)
        {
            _numbers[place] = -1;
            long offset = number * PieceLength;
            ReadExactly(piece.AsSpan(0, (int)Math.Min(PieceLength, Length - offset)), offset);
            _numbers[place] = number;
        }

        return piece;
    }
}
