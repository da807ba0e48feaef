using Microsoft.Win32.SafeHandles;

namespace Linkage.Bloom.Storage;

/// <summary>Writes to a plain file; the caller keeps it open, flushes and closes it.</summary>
internal sealed class FileTarget : ByteTarget
{
    private readonly SafeFileHandle _file;

    public FileTarget(FileStream file) => _file = file.SafeFileHandle;

    public override void SetLength(long length) => RandomAccess.SetLength(_file, length);

    public override void Write(ReadOnlySpan<byte> source, long offset) => RandomAccess.Write(_file, source, offset);

    public override byte[] HashBlocks(long end)
    {
        byte[] block = new byte[Math.Min(FileLayout.ChecksumBlock, end)];
        using var hashes = new BlockHashes();
        for (long offset = 0; offset < end; offset += block.Length)
        {
            Span<byte> part = block.AsSpan(0, (int)Math.Min(block.Length, end - offset));
            FileSource.ReadExactly(_file, part, offset);
            hashes.Append(part);
        }

        return hashes.ToTable();
    }
}
