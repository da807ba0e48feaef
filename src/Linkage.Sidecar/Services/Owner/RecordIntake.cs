using Linkage.Bloom;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Takes the records of one file in, by number, and makes the file of them.</summary>
/// <remarks>
/// What is taken is an encoding in memory; the plaintext is let go with its message. Nothing is on disk under a name
/// before the end. Not thread-safe.
/// </remarks>
internal sealed class RecordIntake : IDisposable
{
    /// <summary>Most records of one message.</summary>
    public const int MostRecordsPerMessage = 10_000;

    private readonly EncodeOrder _order;
    private readonly RecordEncoder _encoder;
    private readonly EncodedFileWriter _writer;
    private readonly string?[] _values;

    /// <summary>Opens the key and begins the file.</summary>
    /// <exception cref="Grpc.Core.RpcException">The key cannot be used, or the disk not be written.</exception>
    public RecordIntake(EncodeOrder order)
    {
        _order = order;
        _values = new string?[order.Layout.FieldCount];
        _encoder = order.CreateEncoder();
        try
        {
            _writer = EncodedFileWriter.Create(order.FilePath, order.MapPath, _encoder);
        }
        catch (Exception fault) when (OwnerIo.IsFault(fault))
        {
            _encoder.Dispose();
            throw OwnerIo.ErrorOf(fault);
        }
    }

    /// <summary>Number of the record that is expected next.</summary>
    public long NextRecord => _writer.Count;

    /// <summary>Takes the records of a message that were not taken before.</summary>
    /// <exception cref="Grpc.Core.RpcException">
    /// A record is wrong, and those before it are taken; or there is a gap, and none is.
    /// </exception>
    public void Add(EncodeRecords message)
    {
        CheckPlace(message);
        for (int i = (int)Math.Min(NextRecord - message.FirstRecord, message.Records.Count);
            i < message.Records.Count;
            i++)
        {
            Add(message.Records[i], FormattableString.Invariant($"records.records[{i}]"));
        }

        Array.Clear(_values);
    }

    /// <summary>Makes file and map, and says what they are.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
    public async Task<EncodedFileSummary> CompleteAsync(
        IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        EncodedFileHeader header = _writer.Complete(progress, cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_order.FilePath, FileRules.OwnerFile);
        }

        DirectorySync.Flush(Path.GetDirectoryName(_order.FilePath)!);
        byte[] sha256 = await FileChecksum.ComputeAsync(_order.FilePath, cancellation);
        long size = new FileInfo(_order.FilePath).Length;
        return EncodedSummaries.Summarize(header, _order.FileName, _order.MapName, size, sha256);
    }

    /// <summary>Wipes what is held, and deletes what is not complete.</summary>
    public void Dispose()
    {
        Array.Clear(_values);
        _writer.Dispose();
        _encoder.Dispose();
    }

    private void CheckPlace(EncodeRecords message)
    {
        if (message.Records.Count > MostRecordsPerMessage)
        {
            throw OwnerError.BadField("records.records", "has more than 10,000 records");
        }

        if (message.FirstRecord < 0 || message.FirstRecord > NextRecord)
        {
            throw OwnerError.BadField(
                "records.first_record",
                FormattableString.Invariant($"leaves a gap: record {NextRecord} is the next one expected"));
        }
    }

    private void Add(SourceRecord record, string path)
    {
        long number = NextRecord;
        if (string.IsNullOrWhiteSpace(record.SourceId))
        {
            throw OwnerError.BadRecord(number, $"{path}.source_id", "has no source id");
        }

        _order.Layout.Read(record, _values, number, path);
        try
        {
            _writer.Add(record.SourceId, _values);
        }
        catch (ArgumentException)
        {
            // Of what the writer refuses, only this has not been looked at yet.
            throw OwnerError.BadRecord(number, $"{path}.source_id", "has the source id of a record before it");
        }
    }
}
