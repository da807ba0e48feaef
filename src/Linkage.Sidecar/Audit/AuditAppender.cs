using System.Buffers;
using Linkage.Sidecar.Storage;
using Microsoft.Win32.SafeHandles;

namespace Linkage.Sidecar.Audit;

/// <summary>Writes entries at the end of the last segment. Not thread-safe.</summary>
/// <remarks>
/// A group of entries costs one flush of the segment. The head is replaced after each group without a flush of its own:
/// a killed process loses nothing of it, and after a loss of power the start signs what the older head does not cover.
/// </remarks>
internal sealed class AuditAppender : IDisposable
{
    private const int EntriesBetweenDurableHeads = 4096;

    private static readonly TimeSpan TimeBetweenDurableHeads = TimeSpan.FromMinutes(1);

    private readonly AuditFolder _folder;
    private readonly AuditKey _key;
    private readonly TimeProvider _time;
    private readonly long _segmentBytes;
    private readonly ArrayBufferWriter<byte> _lines = new();

    private SafeFileHandle? _segment;
    private long _length;
    private AuditHead? _durable;
    private Exception? _broken;

    /// <summary>Continues a log.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="key">Signs its heads; belongs to the appender from now on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="segmentBytes">A segment that is as long takes no more.</param>
    public AuditAppender(AuditFolder folder, AuditKey key, TimeProvider time, AuditEnd end, long segmentBytes)
    {
        _folder = folder;
        _key = key;
        _time = time;
        _segmentBytes = segmentBytes;
        _length = end.SegmentLength;
        Sequence = end.Sequence;
        Hash = end.Hash;
        if (end.Segment > 0)
        {
            _segment = File.OpenHandle(
                folder.Segment(end.Segment), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            RandomAccess.SetLength(_segment, _length); // what was never acknowledged
            RandomAccess.FlushToDisk(_segment);
        }
    }

    /// <summary>Number of the last entry on disk.</summary>
    public long Sequence { get; private set; }

    /// <summary>The hash of that entry.</summary>
    public ReadOnlyMemory<byte> Hash { get; private set; }

    /// <summary>The head of that entry; null until the first was written by this process.</summary>
    public AuditHead? Head { get; private set; }

    /// <summary>Appends events; they are on disk when this returns.</summary>
    /// <exception cref="IOException">They are not in the log.</exception>
    /// <exception cref="ArgumentException">An event cannot be written as a line.</exception>
    public void Append(IReadOnlyList<AuditEvent> events)
    {
        if (_broken is not null)
        {
            throw new IOException("The audit log has failed before; the process has to be started again.", _broken);
        }

        (long sequence, byte[] hash) = Format(events);
        if (_segment is null || _length >= _segmentBytes)
        {
            BeginSegment();
        }

        try
        {
            RandomAccess.Write(_segment!, _lines.WrittenSpan, _length);
            Flush();
            Seal(sequence, hash);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TakeBack(failure);
            throw;
        }

        _length += _lines.WrittenCount;
        Sequence = sequence;
        Hash = hash;
    }

    /// <summary>Makes the newest head durable.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void SealDurably()
    {
        if (Head is not null && !ReferenceEquals(Head, _durable))
        {
            _folder.WriteHead(Head, isDurable: true);
            _durable = Head;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segment?.Dispose();
        _key.Dispose();
    }

    private (long Sequence, byte[] Hash) Format(IReadOnlyList<AuditEvent> events)
    {
        _lines.ResetWrittenCount();
        DateTimeOffset now = _time.GetUtcNow();
        long sequence = Sequence;
        byte[] hash = Hash.ToArray();
        foreach (AuditEvent entry in events)
        {
            int start = _lines.WrittenCount;
            AuditLine.Write(_lines, ++sequence, entry.At ?? now, entry, hash);
            ReadOnlySpan<byte> line = _lines.WrittenSpan[start..];
            if (line.Length > AuditLine.LongestLine)
            {
                throw new ArgumentException("An entry of the audit log is too long.", nameof(events));
            }

            hash = AuditChain.Next(hash, line);
            _lines.Write("\n"u8);
        }

        return (sequence, hash);
    }

    private void BeginSegment()
    {
        SealDurably();
        using FileStream made = StoreFolders.CreateFile(
            _folder.Segment(Sequence + 1), FileMode.OpenOrCreate, FileShare.None);
        made.SetLength(0); // left by an attempt that failed
        made.Dispose();
        DirectorySync.Flush(_folder.Root);
        _segment?.Dispose();
        _segment = File.OpenHandle(
            _folder.Segment(Sequence + 1), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        _length = 0;
    }

    private void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_segment!);
        }
        catch (IOException failure)
        {
            // The system may forget what it failed to write, and then say that all is well: only a new start can tell.
            _broken = failure;
            throw;
        }
    }

    private void Seal(long sequence, byte[] hash)
    {
        AuditHead head = _key.Sign(sequence, hash, _time.GetUtcNow());
        bool isDue = _durable is null
            || sequence - _durable.Sequence >= EntriesBetweenDurableHeads
            || head.Time - _durable.Time >= TimeBetweenDurableHeads;
        _folder.WriteHead(head, isDue);
        Head = head;
        _durable = isDue ? head : _durable;
    }

    // The head covers none of it yet, and nobody was told anything.
    private void TakeBack(Exception cause)
    {
        try
        {
            RandomAccess.SetLength(_segment!, _length);
            RandomAccess.FlushToDisk(_segment!);
        }
        catch (IOException)
        {
            _broken ??= cause;
        }
    }
}
