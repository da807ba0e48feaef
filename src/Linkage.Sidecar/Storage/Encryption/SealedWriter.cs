using System.Security.Cryptography;

namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>Writes a file from its beginning to its end, chunk by chunk encrypted.</summary>
/// <remarks>The last chunk is written by <see cref="Complete"/>; without it the file is of no use.</remarks>
internal sealed class SealedWriter : Stream
{
    private readonly FileStream _target;
    private readonly FileCipher _cipher;
    private readonly byte[] _chunk;
    private readonly byte[] _slot;
    private int _held;
    private long _written;

    /// <summary>Takes an empty file over.</summary>
    /// <param name="target">The file; closed with this.</param>
    /// <param name="cipher">Seals its chunks; stays the caller's.</param>
    public SealedWriter(FileStream target, FileCipher cipher)
    {
        _target = target;
        _cipher = cipher;
        _chunk = new byte[cipher.Layout.ChunkLength];
        _slot = new byte[cipher.Layout.SlotLength];
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes written so far, before encryption.</summary>
    public override long Length => (_written * _chunk.Length) + _held;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Writes what is held back: the last chunk.</summary>
    public void Complete()
    {
        if (_held > 0)
        {
            WriteChunk();
        }

        _target.Flush();
    }

    /// <summary>Does nothing: a chunk goes out when it is full, or the last.</summary>
    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int taken = Math.Min(buffer.Length, _chunk.Length - _held);
            buffer[..taken].CopyTo(_chunk.AsSpan(_held));
            _held += taken;
            buffer = buffer[taken..];
            if (_held == _chunk.Length)
            {
                WriteChunk();
                _written++;
                _held = 0;
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_chunk);
            _target.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteChunk()
    {
        Span<byte> slot = _slot.AsSpan(0, _held + SealedBytes.Overhead);
        _cipher.Seal(_written, _chunk.AsSpan(0, _held), slot);
        _target.Write(slot);
    }
}
