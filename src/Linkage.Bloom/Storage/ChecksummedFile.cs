using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>The frame of an encoded file: prefix and header at the front, checksums and footer at the end.</summary>
internal static class ChecksummedFile
{
    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Writes prefix and header.</summary>
    /// <returns>First byte of the data.</returns>
    public static long Begin(ByteTarget target, ReadOnlySpan<byte> header, long dataLength)
    {
        long dataStart = FileLayout.AlignUp(FileLayout.PrefixLength + header.Length);
        Span<byte> prefix = stackalloc byte[FileLayout.PrefixLength];
        prefix.Clear();
        FileLayout.Magic.CopyTo(prefix);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix[8..], FileLayout.Version);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[12..], header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(prefix[16..], dataStart);
        BinaryPrimitives.WriteInt64LittleEndian(prefix[24..], dataLength);
        target.SetLength(dataStart + dataLength);
        target.Write(prefix, 0);
        target.Write(header, FileLayout.PrefixLength);
        return dataStart;
    }

    /// <summary>Writes the checksums of all bytes before <paramref name="end"/>, and the footer.</summary>
    public static void End(ByteTarget target, long end)
    {
        byte[] table = target.HashBlocks(end);
        Span<byte> footer = stackalloc byte[FileLayout.FooterLength];
        WriteFooter(footer, end, end + table.Length + footer.Length, table);
        target.SetLength(end + table.Length + footer.Length);
        target.Write(table, end);
        target.Write(footer, end + table.Length);
    }

    /// <summary>Checks frame and checksums of a whole file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <returns>Where header and data lie.</returns>
    public static (uint Version, int HeaderLength, long DataStart, long DataLength) Verify(
        ByteSource source, string path)
    {
        (uint version, int headerLength, long dataStart, long dataLength) = ReadPrefix(source, path);
        long tableStart = VerifyTable(source, path, source.Length);
        CheckHeaderLength(headerLength, path);
        long dataExpected = FileLayout.AlignUp(FileLayout.PrefixLength + headerLength);
        Check(dataStart == dataExpected, path, 16, "the data do not follow the header");
        Check(dataLength >= 0 && dataLength == tableStart - dataStart, path, 24, "the data do not fill the file");
        return (version, headerLength, dataStart, dataLength);
    }

    /// <summary>The header of a file that is not checked, and its version.</summary>
    public static (uint Version, byte[] Json) ReadHeader(ByteSource source, string path)
    {
        (uint version, int headerLength, _, _) = ReadPrefix(source, path);
        CheckHeaderLength(headerLength, path);
        bool fits = FileLayout.PrefixLength + headerLength <= source.Length;
        Check(fits, path, 12, "the header does not fit into the file");
        byte[] json = new byte[headerLength];
        source.ReadExactly(json, FileLayout.PrefixLength);
        return (version, json);
    }

    public static void Check(bool holds, string path, long offset, string what)
    {
        if (!holds)
        {
            throw new EncodingFormatException(path, offset, what);
        }
    }

    private static (uint Version, int HeaderLength, long DataStart, long DataLength) ReadPrefix(
        ByteSource source, string path)
    {
        const int LeastLength = FileLayout.PrefixLength + FileLayout.FooterLength;
        Check(source.Length >= LeastLength, path, source.Length, "is too short to be an encoded file");
        Span<byte> prefix = stackalloc byte[FileLayout.PrefixLength];
        source.ReadExactly(prefix, 0);
        Check(prefix[..8].SequenceEqual(FileLayout.Magic), path, 0, "is not an encoded file");
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        Check(
            version is >= FileLayout.FirstVersion and <= FileLayout.Version,
            path,
            8,
            "has a format version this software does not read "
            + $"(it reads {FileLayout.FirstVersion} to {FileLayout.Version})");
        return (
            version,
            BinaryPrimitives.ReadInt32LittleEndian(prefix[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(prefix[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(prefix[24..]));
    }

    private static void CheckHeaderLength(int length, string path) => Check(
        length is > 0 and <= FileLayout.MaxHeaderLength, path, 12, "the header's length is out of range");

    private static long VerifyTable(ByteSource source, string path, long length)
    {
        long footerStart = length - FileLayout.FooterLength;
        Span<byte> footer = stackalloc byte[FileLayout.FooterLength];
        source.ReadExactly(footer, footerStart);
        Check(footer[56..].SequenceEqual(FileLayout.Magic), path, footerStart + 56, "the end of the file is missing");
        long tableStart = BinaryPrimitives.ReadInt64LittleEndian(footer);
        long tableLength = footerStart - tableStart;
        bool placed = tableStart >= FileLayout.PrefixLength && tableStart < footerStart
            && tableLength == BlockCount(tableStart) * HashLength && tableLength <= int.MaxValue;
        Check(placed, path, footerStart, "the checksum table is not where it belongs");
        byte[] table = new byte[tableLength];
        source.ReadExactly(table, tableStart);
        Span<byte> expected = stackalloc byte[FileLayout.FooterLength];
        WriteFooter(expected, tableStart, length, table);
        Check(expected.SequenceEqual(footer), path, tableStart, "the checksum table does not match its footer");
        VerifyBlocks(source, path, tableStart, table);
        return tableStart;
    }

    private static void VerifyBlocks(ByteSource source, string path, long end, byte[] table)
    {
        long firstBad = long.MaxValue;
        Parallel.For(
            0L,
            BlockCount(end),
            new ParallelOptions { MaxDegreeOfParallelism = end <= FileLayout.ChecksumBlock ? 1 : -1 },
            () => new byte[Math.Min(FileLayout.ChecksumBlock, end)],
            (block, _, buffer) =>
            {
                long offset = block * FileLayout.ChecksumBlock;
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(FileLayout.ChecksumBlock, end - offset));
                source.ReadExactly(part, offset);
                Span<byte> hash = stackalloc byte[HashLength];
                SHA256.HashData(part, hash);
                if (!hash.SequenceEqual(table.AsSpan((int)block * HashLength, HashLength)))
                {
                    InterlockedMin(ref firstBad, offset);
                }

                return buffer;
            },
            _ => { });
        Check(firstBad == long.MaxValue, path, firstBad, $"the {FileLayout.ChecksumBlock} bytes from here are altered");
    }

    private static void InterlockedMin(ref long target, long value)
    {
        long seen = Volatile.Read(ref target);
        while (value < seen)
        {
            long before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private static long BlockCount(long length) => (length + FileLayout.ChecksumBlock - 1) / FileLayout.ChecksumBlock;

    private static void WriteFooter(Span<byte> footer, long tableStart, long fileLength, ReadOnlySpan<byte> table)
    {
        footer.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(footer, tableStart);
        BinaryPrimitives.WriteInt64LittleEndian(footer[8..], fileLength);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(table);
        hash.AppendData(footer[..16]);
        hash.GetHashAndReset(footer[16..48]);
        FileLayout.Magic.CopyTo(footer[56..]);
    }
}
