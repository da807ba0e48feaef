using System.Reflection;
using System.Text;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Normalization;

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
    private readonly RecordEncoder _encoder;
    private readonly AtomicFile _file;
    private readonly AtomicFile _map;
    private readonly RecordStore _store;
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _knownIds = new(StringComparer.Ordinal);
    private readonly NormalizationNotes[] _notes;
    private readonly int[] _cut;
    private readonly int[] _invalidDates;
    private readonly int[] _present;
    private int _unusable;

    private EncodedFileWriter(AtomicFile file, AtomicFile map, RecordEncoder encoder)
    {
        _encoder = encoder;
        _file = file;
        _map = map;
        _store = new RecordStore(encoder.Row.Length);
        int fields = encoder.Schema.Fields.Count;
        _notes = new NormalizationNotes[fields];
        _cut = new int[fields];
        _invalidDates = new int[fields];
        _present = new int[fields];
    }

    /// <summary>Records added so far.</summary>
    public int Count => _store.Count;

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

        if (values.Length != _notes.Length)
        {
            throw new ArgumentException(
                $"Record {Count + 1} has {values.Length} values; the schema has {_notes.Length} fields.", nameof(
                    values));
        }

        if (!_knownIds.Add(sourceId))
        {
            throw new ArgumentException($"Record {Count + 1} has the id of a record before it.", nameof(sourceId));
        }

        _ids.Add(sourceId);
        Span<byte> row = _store.Append();
        if (!_encoder.Encode(values, row, _notes))
        {
            _unusable++;
        }

        CountNotes(RecordRow.Presence(row));
    }

    /// <summary>Protects and writes all records, then gives both files their names.</summary>
    /// <param name="progress">Told of passes done.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    /// <returns>The header of the file, with all counts.</returns>
    public EncodedFileHeader Complete(
        IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RecordHandles handles = RecordHandles.Create(Count);
        int passCount = _encoder.Schema.Passes.Count;
        var plans = new PassPlan[passCount];
        for (int pass = 0; pass < passCount; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            plans[pass] = PassPlan.Create(_store, _encoder, pass);
        }

        var measure = new AgreementMeasure(_store, _encoder.Row, _encoder.Schema);
        AgreementTable agreement = measure.Measure(cancellationToken);
        EncodedFileHeader header = MakeHeader(plans, agreement);
        var layout = new FileLayout(_encoder.Schema, Count, [.. plans.Select(plan => plan.Counts.Rows)]);
        long dataStart = ChecksummedFile.Begin(_file.Stream, HeaderJson.Write(header, layout), layout.DataLength);
        int done = 0;
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, passCount, options, pass =>
        {
            PassSectionWriter.Write(
                _file.Stream.SafeFileHandle, dataStart, layout, pass, plans[pass], _store, _encoder, handles);
            progress?.Report(new StageProgress("protecting", Interlocked.Increment(ref done), passCount));
        });
        MergeSectionWriter.Write(_file.Stream.SafeFileHandle, dataStart, layout, plans, handles);
        ChecksummedFile.End(_file.Stream, dataStart + layout.DataLength);
        WriteMap(handles);
        _map.Commit();
        _file.Commit();
        return header;
    }

    /// <summary>Wipes what is held and deletes what is not complete.</summary>
    public void Dispose()
    {
        _store.Dispose();
        _file.Dispose();
        _map.Dispose();
    }

    private void CountNotes(uint presence)
    {
        for (int i = 0; i < _notes.Length; i++)
        {
            _present[i] += (int)(presence >> i & 1);
            _cut[i] += (_notes[i] & NormalizationNotes.Cut) != 0 ? 1 : 0;
            _invalidDates[i] += (_notes[i] & NormalizationNotes.InvalidDate) != 0 ? 1 : 0;
        }
    }

    private EncodedFileHeader MakeHeader(PassPlan[] plans, AgreementTable agreement) => new()
    {
        Schema = _encoder.Schema,
        Project = _encoder.Project,
        KeyId = _encoder.KeyId,
        Epoch = _encoder.Epoch,
        CheckValue = _encoder.CheckValue,
        Party = _encoder.Party,
        Software = typeof(EncodedFileWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0],
        RecordCount = Count,
        UnusableRecords = _unusable,
        Fields = [.. _present.Select((present, i) => new FieldCounts(present, _cut[i], _invalidDates[i]))],
        Passes = [.. plans.Select(plan => plan.Counts)],
        Agreement = agreement,
    };

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
