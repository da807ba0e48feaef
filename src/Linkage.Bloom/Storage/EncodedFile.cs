using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>A party's encoded file, memory-mapped and checked whole.</summary>
/// <remarks>
/// Opening verifies every checksum and the structure, so what is read later needs no more checks. Thread-safe until
/// disposed; spans taken from it must not be used afterwards.
/// </remarks>
public sealed class EncodedFile : IDisposable
{
    private readonly MappedFile _mapping;

    private EncodedFile(string path, MappedFile mapping, EncodedFileHeader header, FileLayout layout, long dataStart)
    {
        Path = path;
        _mapping = mapping;
        Header = header;
        LinkageSchema schema = header.Schema;
        Passes =
        [
            .. Enumerable.Range(0, schema.Passes.Count)
                .Select(pass => new EncodedPass(mapping, schema, layout, dataStart, pass)),
        ];
        Merge = new MergeSection(mapping, layout, dataStart);
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
    public long Length => _mapping.Length;

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
        MappedFile? mapping = null;
        try
        {
            (uint version, int headerLength, long dataStart, long dataLength) = ChecksummedFile.Verify(stream, path);
            byte[] json = new byte[headerLength];
            ChecksummedFile.ReadExactly(stream, json, FileLayout.PrefixLength);
            EncodedFileHeader header = HeaderJson.Read(json, version, path);
            CheckNames(header, path);
            CheckCounts(header, path);
            var layout =
                new FileLayout(header.Schema, header.RecordCount, [.. header.Passes.Select(pass => pass.Rows)]);
            ChecksummedFile.Check(
                layout.DataLength == dataLength, path, dataStart, "the data are not as long as the header says");
            mapping = new MappedFile(stream);
            var file = new EncodedFile(path, mapping, header, layout, dataStart);
            StructureCheck.Verify(file, dataStart, layout);
            return file;
        }
        catch
        {
            mapping?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => _mapping.Dispose();

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
