using System.Security.Cryptography;
using Linkage.Bloom.Storage;
using Microsoft.Win32.SafeHandles;

namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>A file of the store, open to be read as what it holds, whether or not it is encrypted on disk.</summary>
/// <remarks>
/// Every byte read of an encrypted file is verified first. It stays readable if the file is removed meanwhile. Not
/// thread-safe.
/// </remarks>
internal sealed class StoredFile : IDisposable
{
    private const int PlainPiece = 1 << 20;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly FileCipher? _cipher;
    private readonly byte[] _slot;
    private readonly byte[] _chunk;
    private long _opened = -1;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="length">Bytes of what it holds.</param>
    /// <param name="cipher">Opens its chunks, disposed with this; null if it is not encrypted.</param>
    public StoredFile(string path, long length, FileCipher? cipher)
    {
        _path = path;
        _cipher = cipher;
        Length = length;
        _slot = cipher is null ? [] : new byte[cipher.Layout.SlotLength];
        _chunk = cipher is null ? [] : new byte[cipher.Layout.ChunkLength];
        try
        {
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch
        {
            cipher?.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of what it holds.</summary>
    public long Length { get; }

    /// <summary>Fills a span with the bytes from an offset on.</summary>
    /// <exception cref="StoreDamagedException">They are not what was stored.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        if (_cipher is null)
        {
            ReadPlain(offset, destination);
            return;
        }

        int chunkLength = _cipher.Layout.ChunkLength;
        while (destination.Length > 0)
        {
            long chunk = offset / chunkLength;
            int skipped = (int)(offset % chunkLength);
            int held = (int)Math.Min(chunkLength, Length - (chunk * chunkLength));
            int taken = Math.Min(held - skipped, destination.Length);
            if (taken == held)
            {
                OpenChunk(chunk, destination[..held]);
            }
            else
            {
                Cache(chunk, held);
                _chunk.AsSpan(skipped, taken).CopyTo(destination);
            }

            destination = destination[taken..];
            offset += taken;
        }
    }

    /// <summary>All of a short file.</summary>
    public byte[] ReadAll()
    {
        byte[] content = new byte[Length];
        Read(0, content);
        return content;
    }

    /// <summary>The encoded file in it: mapped, or, if it is encrypted, in memory of its own.</summary>
    /// <exception cref="EncodingFormatException">It is no sound encoded file.</exception>
    public EncodedFile OpenEncoded() =>
        _cipher is null ? EncodedFile.Open(_path) : EncodedFile.Read(Length, Read, Path.GetFileName(_path));

    /// <summary>The header of the encoded file in it, once all of it is verified; in little memory.</summary>
    /// <exception cref="EncodingFormatException">It is no sound encoded file.</exception>
    public EncodedFileHeader VerifyEncoded()
    {
        if (_cipher is not null)
        {
            return EncodedFile.Verify(Length, Read, Path.GetFileName(_path));
        }

        using var file = EncodedFile.Open(_path);
        return file.Header;
    }

    /// <summary>What the encoded file in it says of itself; nothing else of it is looked at.</summary>
    /// <exception cref="EncodingFormatException">It does not begin like an encoded file.</exception>
    public EncodedFileHeader ReadHeader() => EncodedFile.ReadHeader(Length, Read, Path.GetFileName(_path));

    /// <summary>Verifies the encoded file in it and writes it without some records; in little memory.</summary>
    /// <returns>The numbers of the records left out, rising; with none of them nothing is written.</returns>
    /// <exception cref="EncodingFormatException">It is no sound encoded file.</exception>
    public IReadOnlyList<int> WriteWithout(
        IReadOnlyCollection<string> handles, Stream target, CancellationToken cancellation)
    {
        if (_cipher is not null)
        {
            return EncodedFileReducer.Write(Length, Read, Path.GetFileName(_path), handles, target, cancellation);
        }

        using var file = EncodedFile.Open(_path);
        return EncodedFileReducer.Write(file, handles, target, cancellation);
    }

    /// <summary>SHA-256 of what it holds.</summary>
    public byte[] ComputeChecksum(CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[(int)Math.Min(_cipher?.Layout.ChunkLength ?? PlainPiece, Math.Max(Length, 1))];
        for (long offset = 0; offset < Length; offset += piece.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(piece.Length, Length - offset));
            Read(offset, part);
            hash.AppendData(part);
        }

        CryptographicOperations.ZeroMemory(piece);
        return hash.GetHashAndReset();
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_chunk);
        _cipher?.Dispose();
        _file.Dispose();
    }

    private void Cache(long chunk, int held)
    {
        if (_opened != chunk)
        {
            _opened = -1;
            OpenChunk(chunk, _chunk.AsSpan(0, held));
            _opened = chunk;
        }
    }

    private void OpenChunk(long chunk, Span<byte> content)
    {
        Span<byte> slot = _slot.AsSpan(0, content.Length + SealedBytes.Overhead);
        ReadPlain(_cipher!.Layout.OffsetOf(chunk), slot);
        _cipher.Open(chunk, slot, content);
    }

    private void ReadPlain(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(_file, destination, offset);
            if (read == 0)
            {
                throw new StoreDamagedException($"{Path.GetFileName(_path)}: the file has become shorter");
            }

            destination = destination[read..];
            offset += read;
        }
    }
}
