using System.Buffers.Binary;
using System.Text;
using Linkage.Bloom.Storage;

namespace Linkage.Bloom.Tests.Support;

/// <summary>Changes an encoded file and gives it right checksums again, as somebody with ill intent would.</summary>
internal static class HostileFile
{
    // A block of a megabyte to hash, the header and its parsed form; far under what a hostile count asks for.
    private const long LargestAllocation = 1L << 24;

    /// <summary>Changes header or data, inside a right frame.</summary>
    public static void Rewrite(string path, Func<string, string>? header = null, Action<byte[]>? data = null)
    {
        byte[] whole = File.ReadAllBytes(path);
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(12));
        long start = BinaryPrimitives.ReadInt64LittleEndian(whole.AsSpan(16));
        long length = BinaryPrimitives.ReadInt64LittleEndian(whole.AsSpan(24));
        string json = Encoding.UTF8.GetString(whole, FileLayout.PrefixLength, headerLength);
        byte[] columns = whole.AsSpan((int)start, (int)length).ToArray();
        data?.Invoke(columns);
        using FileStream file = new(path, FileMode.Create, FileAccess.ReadWrite);
        FileTarget target = new(file);
        start = ChecksummedFile.Begin(target, Encoding.UTF8.GetBytes(header is null ? json : header(json)), length);
        target.Write(columns, start);
        ChecksummedFile.End(target, start + length);
    }

    /// <summary>Changes anything before the checksums.</summary>
    public static void Patch(string path, Action<byte[]> change)
    {
        byte[] whole = File.ReadAllBytes(path);
        long end = BinaryPrimitives.ReadInt64LittleEndian(whole.AsSpan(whole.Length - FileLayout.FooterLength));
        change(whole);
        using FileStream file = new(path, FileMode.Create, FileAccess.ReadWrite);
        file.Write(whole.AsSpan(0, (int)end));
        file.Flush();
        ChecksummedFile.End(new FileTarget(file), end);
    }

    /// <summary>Opens the file, which must fail with an offset inside it and without a large allocation.</summary>
    public static EncodingFormatException AssertRefused(string path)
    {
        long length = new FileInfo(path).Length;
        long before = GC.GetAllocatedBytesForCurrentThread();
        EncodingFormatException e = Assert.Throws<EncodingFormatException>(() => EncodedFile.Open(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LargestAllocation);
        Assert.NotNull(e.Offset);
        Assert.InRange(e.Offset.Value, 0, length);
        return e;
    }
}
