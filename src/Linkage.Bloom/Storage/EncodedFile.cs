using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>A party's encoded file, memory-mapped or in memory, and checked whole.</summary>
/// <remarks>
/// Opening verifies every checksum and the structure, so what is read later needs no more checks. Thread-safe until
/// disposed; spans taken from it must not be used afterwards.
/// </remarks>
public sealed class EncodedFile : IDisposable
{
    private readonly ByteSource _source;
    private readonly long _dataStart;

    private EncodedFile(
        string path,
        ByteSource source,
        EncodedFileHeader header,
        SchemaFacts schema,
        FileLayout layout,
        long dataStart)
    {
        Path = path;
        _source = source;
        _dataStart = dataStart;
        Header = header;
        Schema = schema;
        Layout = layout;
        Passes =
        [
            .. Enumerable.Range(0, header.Passes.Count)
                .Select(pass => new EncodedPass(source, schema, layout, dataStart, pass)),
        ];
        Merge = new MergeSection(source, layout, dataStart);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the file says of itself.</summary>
    public EncodedFileHeader Header { get; }

    /// <summary>The pass sections, in schema order.</summary>
    public IReadOnlyList<EncodedPass> Passes { get; }

    /// <summary>Which pass rows are one record. Nothing that scores may look at it.</summary>
    public MergeSection Merge { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length => _source.Length;

    /// <summary>What was computed of its schema.</summary>
    internal SchemaFacts Schema { get; }

    /// <summary>Where its columns lie.</summary>
    internal FileLayout Layout { get; }

    /// <summary>Opens and verifies a file.</summary>
    /// <param name="path">The encoded file.</param>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="EncodingFormatException">
    /// It is truncated, altered or no encoded file; names the offset.
    /// </exception>
    public static EncodedFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            ChecksummedFile.Check(stream.CanSeek, path, 0, "is a pipe or a device, not a plain file");
            return Open(new FileSource(stream), path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Verifies an encoded file that is in memory.</summary>
    /// <param name="content">All its bytes; they are copied.</param>
    /// <param name="name">A name for messages; it becomes <see cref="Path"/>.</param>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="EncodingFormatException">
    /// It is truncated, altered or no encoded file; names the offset.
    /// </exception>
    public static EncodedFile Read(ReadOnlySpan<byte> content, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Open(new MemorySource(content), name);
    }

    /// <summary>Verifies an encoded file that is not on a disk as it is, such as one that is decrypted.</summary>
    /// <param name="length">Bytes of the file; as much memory is taken, and overwritten on disposal.</param>
    /// <param name="read">Fills a span with the bytes from an offset on; called in ascending order.</param>
    /// <param name="name">A name for messages; it becomes <see cref="Path"/>.</param>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="EncodingFormatException">
    /// It is truncated, altered or no encoded file; names the offset.
    /// </exception>
    public static EncodedFile Read(long length, Action<long, Span<byte>> read, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Open(new NativeSource(length, read), name);
    }

    /// <summary>Verifies an encoded file as <see cref="Read(long, Action{long, Span{byte}}, string)"/> does, in little
    /// memory, whatever its length.</summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="read">Fills a span with the bytes from an offset on; called by one thread at a time.</param>
    /// <param name="name">A name for messages.</param>
    /// <returns>What the file says of itself.</returns>
    /// <exception cref="EncodingFormatException">
    /// It is truncated, altered or no encoded file; names the offset.
    /// </exception>
    public static EncodedFileHeader Verify(long length, Action<long, Span<byte>> read, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrEmpty(name);
        using EncodedFile file = OpenPieces(length, read, name);
        return file.Header;
    }

    /// <summary>Reads what a file says of itself and verifies nothing else of it.</summary>
    /// <remarks>For a file that was verified when it came.</remarks>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="read">Fills a span with the bytes from an offset on.</param>
    /// <param name="name">A name for messages.</param>
    /// <returns>The header.</returns>
    /// <exception cref="EncodingFormatException">It does not begin like an encoded file; names the offset.</exception>
    public static EncodedFileHeader ReadHeader(long length, Action<long, Span<byte>> read, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var source = new PieceSource(length, read);
        (uint version, byte[] json) = ChecksummedFile.ReadHeader(source, name);
        return HeaderJson.Read(json, version, name).Header;
    }

    /// <summary>Unmaps the file, or lets its memory go.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Opens a file as <see cref="Verify"/> does, to be read from end to end.</summary>
    internal static EncodedFile OpenPieces(long length, Action<long, Span<byte>> read, string name) =>
        Open(new PieceSource(length, read), name);

    /// <summary>A cell of a column.</summary>
    internal ReadOnlySpan<byte> Cell(EncodedColumn column, int row) =>
        _source.Slice(_dataStart + column.Offset + ((long)row * column.Width), column.Width);

    private static EncodedFile Open(ByteSource source, string path)
    {
        try
        {
            (uint version, int headerLength, long dataStart, long dataLength) = ChecksummedFile.Verify(source, path);
            byte[] json = new byte[headerLength];
            source.ReadExactly(json, FileLayout.PrefixLength);
            (EncodedFileHeader header, SchemaFacts schema) = HeaderJson.Read(json, version, path);
            CheckNames(header, path);
            CheckCounts(header, path);
            var layout =
                new FileLayout(schema, header.RecordCount, [.. header.Passes.Select(pass => pass.Rows)]);
            ChecksummedFile.Check(
                layout.DataLength == dataLength, path, dataStart, "the data are not as long as the header says");
            source.Attach();
            var file = new EncodedFile(path, source, header, schema, layout, dataStart);
            StructureCheck.Verify(file, dataStart, layout);
            return file;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    // They go into tables and reports: what a writer of ours would not have written stops here.
    private static void CheckNames(EncodedFileHeader header, string path)
    {
        bool sound = SchemaRules.IsName(header.Party)
            && header.Epoch >= 1
            && IsHex(header.KeyId, 16)
            && IsHex(header.CheckValue, 32);
        ChecksummedFile.Check(
            sound, path, FileLayout.PrefixLength, "the header's party, key or check value is malformed");
    }

    private static bool IsHex(string text, int digits) => text.Length == digits && text.All(char.IsAsciiHexDigitLower);

    private static void CheckCounts(EncodedFileHeader header, string path)
    {
        bool sound = header.UnusableRecords <= header.RecordCount
            && header.Fields.All(field => field.Present <= header.RecordCount)
            && header.Passes.All(pass => (long)pass.Rows + pass.WithoutKey + pass.DroppedRecords == header.RecordCount);
        ChecksummedFile.Check(sound, path, FileLayout.PrefixLength, "the header's counts contradict each other");
    }
}
