namespace Linkage.Bloom.Storage;

/// <summary>Writes to a stream from the beginning to the end, with zeros where nothing is written.</summary>
/// <remarks>
/// For what cannot be written out of order or read back, such as a file that is encrypted on its way.
/// </remarks>
internal sealed class StreamTarget : ByteTarget, IDisposable
{
    private static readonly byte[] Zeros = new byte[FileLayout.Alignment];

#pragma warning disable CA2213 // the stream stays the caller's
    private readonly Stream _stream;
#pragma warning restore CA2213
    private readonly BlockHashes _hashes = new();
    private long _written;

    /// <summary>Begins at the stream's position.</summary>
    /// <param name="stream">The stream; stays the caller's.</param>
    public StreamTarget(Stream stream) => _stream = stream;

    /// <summary>Does nothing: the length is what was written in the end.</summary>
    public override void SetLength(long length)
    {
    }

    public override void Write(ReadOnlySpan<byte> source, long offset)
    {
        FillTo(offset);
        Append(source);
    }

    public override byte[] HashBlocks(long end)
    {
        FillTo(end);
        return _hashes.ToTable();
    }

    public void Dispose() => _hashes.Dispose();

    private void FillTo(long offset)
    {
        if (offset < _written)
        {
            throw new InvalidOperationException("A stream is written from the beginning to the end.");
        }

        while (_written < offset)
        {
            Append(Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, offset - _written)));
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _hashes.Append(bytes);
        _written += bytes.Length;
    }
}
