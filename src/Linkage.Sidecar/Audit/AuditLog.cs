using System.Threading.Channels;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Audit;

/// <summary>The log of a running process: one thread writes; all that wait share its flushes. Thread-safe.</summary>
internal sealed class AuditLog : IAuditTrail, IDisposable
{
    /// <summary>The action of the entry at the start.</summary>
    public const string StartAction = "process/start";

    /// <summary>The action of the entry at the end.</summary>
    public const string StopAction = "process/stop";

    private const long SegmentBytes = 16 * 1024 * 1024;
    private const int LongestQueue = 4096;
    private const int MostOfOneGroup = 1024;

    private readonly AuditAppender _appender;
    private readonly AuditMarkKeeper? _marks;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(LongestQueue);
    private readonly Thread _thread;
    private AuditHead _head;
    private int _isClosed;

    private AuditLog(AuditFolder folder, AuditAppender appender, AuditMarkKeeper? marks)
    {
        Folder = folder;
        _appender = appender;
        _marks = marks;
        _head = appender.Head!;
        _thread = new Thread(Work) { IsBackground = true, Name = "audit-writer" };
        _thread.Start();
    }

    /// <summary>Where it is.</summary>
    public AuditFolder Folder { get; }

    /// <summary>The newest head; all entries it covers are on disk.</summary>
    public AuditHead Head => Volatile.Read(ref _head);

    /// <summary>Opens the log of a data directory, new or not, and notes the start.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="marks">What the store knows of the log; null for a log without a store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told when the store could not be told.</param>
    /// <param name="segmentBytes">A segment that is as long takes no more.</param>
    /// <exception cref="AuditDamagedException">It is not the log that was left.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static AuditLog Open(
        string data, AuditMarks? marks, TimeProvider time, ILogger? logger = null, long segmentBytes = SegmentBytes)
    {
        AuditFolder folder = AuditFolder.InData(data);
        StoreFolders.CreatePrivate(folder.Root);
        AuditMark? mark = marks?.Find();
        AuditKey key = KeyOf(folder, mark);
        AuditAppender? appender = null;
        try
        {
            AuditRecovery recovery = new(folder, key, mark);
            AuditEnd end = recovery.FindEnd();
            appender = new AuditAppender(folder, key, time, end, segmentBytes);
            AuditEvent start = new() { Kind = AuditKind.Administration, Action = StartAction };
            appender.Append(recovery.Mended is { } mended ? [mended, start] : [start]);
            AuditMarkKeeper? keeper = marks is null ? null : new(marks, time, logger);
            keeper?.Note(appender.Sequence, appender.Hash);
            return new AuditLog(folder, appender, keeper);
        }
        catch
        {
            key.Dispose();
            appender?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events)
    {
        if (events.Count == 0)
        {
            return Head.Sequence;
        }

        Waiting waiting = new(events);
        try
        {
            await _queue.Writer.WriteAsync(waiting);
        }
        catch (ChannelClosedException)
        {
            throw new IOException("The audit log is closed.");
        }

        return await waiting.Written.Task;
    }

    /// <summary>Reads what is on disk at this moment.</summary>
    /// <param name="after">Number of the last entry that is not wanted.</param>
    /// <exception cref="AuditDamagedException">An entry is not what was written.</exception>
    public IEnumerable<AuditRecord> ReadAfter(long after)
    {
        long end = Head.Sequence;
        return after >= end
            ? []
            : new AuditReader(Folder).ReadFrom(after + 1)
                .SkipWhile(record => record.Sequence <= after)
                .TakeWhile(record => record.Sequence <= end);
    }

    /// <summary>Writes what is queued and the entry at the end, and closes the log.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
        {
            return;
        }

        Waiting stop = new([new AuditEvent { Kind = AuditKind.Administration, Action = StopAction }]);
        _queue.Writer.WriteAsync(stop).AsTask().GetAwaiter().GetResult();
        _queue.Writer.Complete();
        _thread.Join();
        _marks?.Dispose();
        _appender.Dispose();
    }

    // A log whose key is gone would go on under another one, and nobody could tell that from a forged log.
    private static AuditKey KeyOf(AuditFolder folder, AuditMark? mark)
    {
        if (File.Exists(folder.Key))
        {
            return AuditKey.Load(folder);
        }

        return folder.FirstNumbers().Count == 0 && mark is null
            ? AuditKey.Create(folder)
            : throw new AuditDamagedException(
                folder.Root, 0, "the audit log cannot be continued: its key audit.key is gone");
    }

    private void Work()
    {
        List<Waiting> group = [];
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < MostOfOneGroup && _queue.Reader.TryRead(out Waiting? next))
            {
                group.Add(next);
            }

            WriteGroup(group);
        }

        SealAtTheEnd();
    }

    private void WriteGroup(List<Waiting> group)
    {
        try
        {
            long sequence = _appender.Sequence;
            _appender.Append([.. group.SelectMany(waiting => waiting.Events)]);
            Volatile.Write(ref _head, _appender.Head!);
            _marks?.Note(_appender.Sequence, _appender.Hash);
            foreach (Waiting waiting in group)
            {
                sequence += waiting.Events.Count;
                waiting.Written.SetResult(sequence);
            }
        }
        catch (ArgumentException) when (group.Count > 1)
        {
            // One of them cannot be written; the others can.
            group.ForEach(waiting => WriteGroup([waiting]));
        }
#pragma warning disable CA1031 // the thread must live on, and everybody who waits must learn that it failed
        catch (Exception failure)
#pragma warning restore CA1031
        {
            group.ForEach(waiting => waiting.Written.TrySetException(failure));
        }
    }

    private void SealAtTheEnd()
    {
        try
        {
            _appender.SealDurably();
        }
        catch (IOException)
        {
            // The entries are on disk; the next start signs them.
        }
    }

    private sealed class Waiting(IReadOnlyList<AuditEvent> events)
    {
        public IReadOnlyList<AuditEvent> Events { get; } = events;

        public TaskCompletionSource<long> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
