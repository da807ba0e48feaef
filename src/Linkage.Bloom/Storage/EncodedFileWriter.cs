using System.Text;

namespace Linkage.Bloom.Storage;

/// <summary>Writes a party's encoded file, and the owner's map from handles back to source ids.</summary>
/// <remarks>
/// <para>
/// Records are held as base encodings in memory (about 1.2 KB each) until <see cref="Complete"/>, because a block's
/// size decides whether it travels. Both files appear whole or not at all; disposing without completing leaves nothing.
/// </para>
/// <para>
/// The map is the owner's secret: mode 0600, columns <c>handle,source_id</c>, in the order of the records. Not
/// thread-safe.
/// </para>
/// </remarks>
public sealed class EncodedFileWriter : IDisposable
{
    private const int RowsPerChunk = 1024;

    private readonly AtomicFile _file;
    private readonly AtomicFile _map;
    private readonly EncodedFileBuilder _builder;
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _knownIds = new(StringComparer.Ordinal);

    private EncodedFileWriter(AtomicFile file, AtomicFile map, RecordEncoder encoder)
    {
        _file = file;
        _map = map;
        _builder = new EncodedFileBuilder(encoder, RowsPerChunk);
    }

    /// <summary>Records added so far.</summary>
    public int Count => _builder.Count;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The encoded file; an existing one is replaced when this one is complete.</param>
    /// <param name="mapPath">The owner's map file; likewise.</param>
    /// <param name="encoder">The party's encoder; must outlive the writer.</param>
    /// <returns>The writer; the caller completes and disposes it.</returns>
    /// <exception cref="IOException">A directory does not exist or cannot be written.</exception>
    public static EncodedFileWriter Create(string path, string mapPath, RecordEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        AtomicFile file = AtomicFile.Create(path);
        try
        {
            AtomicFile map = AtomicFile.Create(mapPath, ownerOnly: true);
            return new EncodedFileWriter(file, map, encoder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a record.</summary>
    /// <param name="sourceId">The owner's id of the record, unique in the file; it goes to the map only.</param>
    /// <param name="values">Raw values in schema order; null or empty when missing.</param>
    /// <exception cref="ArgumentException">
    /// The id is empty or was added before, or there are not as many values as fields; the message names the record's
    /// number, never a value.
    /// </exception>
    public void Add(string sourceId, params ReadOnlySpan<string?> values)
    {
        ArgumentNullException.ThrowIfNull(sourceId);
        if (sourceId.Length == 0)
        {
            throw new ArgumentException($"Record {Count + 1} has an empty id.", nameof(sourceId));
        }

        if (_knownIds.Contains(sourceId))
        {
            throw new ArgumentException($"Record {Count + 1} has the id of a record before it.", nameof(sourceId));
        }

        _builder.Add(values);
        _ = _knownIds.Add(sourceId);
        _ids.Add(sourceId);
    }

    /// <summary>Protects and writes all records, then gives both files their names.</summary>
    /// <param name="progress">Told of passes done.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    /// <returns>The header of the file, with all counts.</returns>
    public EncodedFileHeader Complete(
        IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var handles = RecordHandles.Create(Count);
        EncodedFileHeader header = _builder.Write(new FileTarget(_file.Stream), handles, progress, cancellationToken);
        WriteMap(handles);
        _map.Commit();
        _file.Commit();
        return header;
    }

    /// <summary>Wipes what is held and deletes what is not complete.</summary>
    public void Dispose()
    {
        _builder.Dispose();
        _file.Dispose();
        _map.Dispose();
    }

    private void WriteMap(RecordHandles handles)
    {
        using var writer = new StreamWriter(_map.Stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("handle,source_id");
        for (int record = 0; record < Count; record++)
        {
            writer.Write(Convert.ToHexStringLower(handles[record]));
            writer.Write(',');
            WriteCell(writer, _ids[record]);
            writer.WriteLine();
        }
    }

    // RFC 4180.
    private static void WriteCell(StreamWriter writer, string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
