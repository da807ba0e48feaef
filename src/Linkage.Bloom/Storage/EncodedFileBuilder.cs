using System.Reflection;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Normalization;

namespace Linkage.Bloom.Storage;

/// <summary>Gathers the records of an encoded file, and writes it when all are there.</summary>
/// <remarks>
/// Records are held as base encodings in memory until then, because a block's size decides whether it travels.
/// Disposing wipes them. Not thread-safe.
/// </remarks>
internal sealed class EncodedFileBuilder : IDisposable
{
    // Fewer records are protected before another thread has woken up.
    private const int LeastInParallel = 100;

    private static readonly string Software = typeof(EncodedFileWriter).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly RecordEncoder _encoder;
    private readonly RecordStore _store;
    private readonly NormalizationNotes[] _notes;
    private readonly int[] _cut;
    private readonly int[] _invalidDates;
    private readonly int[] _present;
    private int _unusable;

    /// <summary>Begins with no record.</summary>
    /// <param name="encoder">The party's encoder; must outlive the builder.</param>
    /// <param name="rowsPerChunk">Rows that memory is taken for at a time.</param>
    public EncodedFileBuilder(RecordEncoder encoder, int rowsPerChunk)
    {
        _encoder = encoder;
        _store = new RecordStore(encoder.Row.Length, rowsPerChunk);
        int fields = encoder.Schema.Fields.Count;
        _notes = new NormalizationNotes[fields];
        _cut = new int[fields];
        _invalidDates = new int[fields];
        _present = new int[fields];
    }

    /// <summary>Records added so far.</summary>
    public int Count => _store.Count;

    /// <summary>Adds a record.</summary>
    /// <param name="values">Raw values in schema order; null or empty when missing.</param>
    /// <exception cref="ArgumentException">There are not as many values as fields.</exception>
    public void Add(ReadOnlySpan<string?> values)
    {
        if (values.Length != _notes.Length)
        {
            throw new ArgumentException(
                $"Record {Count + 1} has {values.Length} values; the schema has {_notes.Length} fields.",
                nameof(values));
        }

        Span<byte> row = _store.Append();
        if (!_encoder.Encode(values, row, _notes))
        {
            _unusable++;
        }

        uint presence = RecordRow.Presence(row);
        for (int i = 0; i < _notes.Length; i++)
        {
            _present[i] += (int)(presence >> i & 1);
            _cut[i] += (_notes[i] & NormalizationNotes.Cut) != 0 ? 1 : 0;
            _invalidDates[i] += (_notes[i] & NormalizationNotes.InvalidDate) != 0 ? 1 : 0;
        }
    }

    /// <summary>Protects and writes all records.</summary>
    /// <param name="target">Empty.</param>
    /// <param name="handles">The records' handles, by record number.</param>
    /// <param name="progress">Told of passes done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The header, with all counts.</returns>
    public EncodedFileHeader Write(
        ByteTarget target,
        RecordHandles handles,
        IProgress<StageProgress>? progress,
        CancellationToken cancellationToken)
    {
        int passCount = _encoder.Schema.Passes.Count;
        var plans = new PassPlan[passCount];
        for (int pass = 0; pass < passCount; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            plans[pass] = PassPlan.Create(_store, _encoder, pass);
        }

        var measure = new AgreementMeasure(_store, _encoder.Row, _encoder.Facts);
        AgreementTable agreement = measure.Measure(cancellationToken);
        EncodedFileHeader header = MakeHeader(plans, agreement);
        var layout = new FileLayout(_encoder.Facts, Count, [.. plans.Select(plan => plan.Counts.Rows)]);
        byte[] json = HeaderJson.Write(header, _encoder.Facts, layout);
        long dataStart = ChecksummedFile.Begin(target, json, layout.DataLength);
        int done = 0;
        var options = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = Count < LeastInParallel ? 1 : -1,
        };
        Parallel.For(0, passCount, options, pass =>
        {
            PassSectionWriter.Write(target, dataStart, layout, pass, plans[pass], _store, _encoder, handles);
            progress?.Report(new StageProgress("protecting", Interlocked.Increment(ref done), passCount));
        });
        MergeSectionWriter.Write(target, dataStart, layout, plans, handles);
        ChecksummedFile.End(target, dataStart + layout.DataLength);
        return header;
    }

    /// <summary>Wipes what is held.</summary>
    public void Dispose() => _store.Dispose();

    private EncodedFileHeader MakeHeader(PassPlan[] plans, AgreementTable agreement) => new()
    {
        Schema = _encoder.Schema,
        Project = _encoder.Project,
        KeyId = _encoder.KeyId,
        Epoch = _encoder.Epoch,
        CheckValue = _encoder.CheckValue,
        Party = _encoder.Party,
        Software = Software,
        RecordCount = Count,
        UnusableRecords = _unusable,
        Fields = [.. _present.Select((present, i) => new FieldCounts(present, _cut[i], _invalidDates[i]))],
        Passes = [.. plans.Select(plan => plan.Counts)],
        Agreement = agreement,
    };
}
