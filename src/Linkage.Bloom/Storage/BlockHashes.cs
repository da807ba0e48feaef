using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>The checksum table of bytes that come one after another: SHA-256 of every block.</summary>
internal sealed class BlockHashes : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte> _table = [];
    private int _held;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int taken = Math.Min(bytes.Length, FileLayout.ChecksumBlock - _held);
            _hash.AppendData(bytes[..taken]);
            _held += taken;
            bytes = bytes[taken..];
            if (_held == FileLayout.ChecksumBlock)
            {
                EndBlock();
            }
        }
    }

    /// <summary>The table; the last block may be shorter than the others.</summary>
    public byte[] ToTable()
    {
        if (_held > 0)
        {
            EndBlock();
        }

        return [.. _table];
    }

    public void Dispose() => _hash.Dispose();

    private void EndBlock()
    {
        _table.AddRange(_hash.GetHashAndReset());
        _held = 0;
    }
}
