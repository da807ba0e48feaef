using System.Threading.Channels;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Audit;

/// <summary>The log of a running process: one thread writes; all that wait share its flushes. Thread-safe.</summary>
internal sealed class AuditLog : IAuditTrail, IDisposable
{
    /// <summary>The action of the entry at the start.</summary>
    public const string StartAction = "process/start";

    /// <summary>The action of the entry that follows on entries that could not be written.</summary>
    public const string ResumeAction = "process/resume";

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

    private AuditLog(AuditFolder folder, AuditAppender appender, AuditMarkKeeper? marks, ILogger? logger)
    {
        Condition = new AuditCondition(logger);
        Folder = folder;
        _appender = appender;
        _marks = marks;
        _head = appender.Head!;
        _thread = new Thread(Work) { IsBackground = true, Name = "audit-writer" };
        _thread.Start();
    }

    /// <summary>Where it is.</summary>
    public AuditFolder Folder { get; }

    /// <summary>Whether it can be written.</summary>
    public AuditCondition Condition { get; }

    /// <summary>The newest head; all entries it covers are on disk.</summary>
    public AuditHead Head => Volatile.Read(ref _head);

    /// <summary>Opens the log of a data directory, new or not, notes the start, and writes what it is owed.</summary>
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
        AuditEvent start = new() { Kind = AuditKind.Administration, Action = StartAction };
        AuditAppender appender = AuditBeginning.TakeUp(data, marks, time, start, segmentBytes);
        AuditMarkKeeper? keeper = marks is null ? null : new(marks, time, logger);
        return new AuditLog(AuditFolder.InData(data), appender, keeper, logger);
    }

    /// <summary>Puts an entry into the log of a unit that does not run.</summary>
    /// <param name="data">The data directory; the caller has the store open, so that nobody else writes.</param>
    /// <param name="marks">What the store knows of the log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="entry">The entry; it is on disk and signed when this returns.</param>
    /// <exception cref="AuditDamagedException">It is not the log that was left.</exception>
    /// <exception cref="IOException">It cannot be written; then nothing may be done.</exception>
    public static void Note(string data, AuditMarks marks, TimeProvider time, AuditEvent entry)
    {
        using AuditAppender appender = AuditBeginning.TakeUp(data, marks, time, entry, SegmentBytes);
        appender.SealDurably();
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events) =>
        events.Count == 0 ? ValueTask.FromResult(Head.Sequence) : QueueAsync(events);

    /// <summary>Finds out whether the log can be written, if the last entry could not be.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public async Task RequireWritableAsync()
    {
        if (!Condition.IsWritable)
        {
            _ = await QueueAsync([]);
        }
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

    private async ValueTask<long> QueueAsync(IReadOnlyList<AuditEvent> events)
    {
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
        AuditEvent[] events = [.. group.SelectMany(waiting => waiting.Events)];
        try
        {
            Append(events);
            long sequence = _appender.Sequence - events.Length;
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
            if (failure is not ArgumentException)
            {
                Condition.Fail(failure, events.Length);
            }

            group.ForEach(waiting => waiting.Written.TrySetException(failure));
        }
    }

    // What could not be written was not told either; that there was something says the entry before the next.
    private void Append(AuditEvent[] events)
    {
        AuditEvent[] resume = Condition.IsWritable ? [] :
        [
            new AuditEvent
            {
                Kind = AuditKind.Alert,
                Action = ResumeAction,
                Counts = new Dictionary<string, long> { ["withheld"] = Condition.Withheld },
            },
        ];
        if (resume.Length + events.Length == 0)
        {
            return; // somebody else has found out meanwhile
        }

        _appender.Append([.. resume, .. events]);
        Volatile.Write(ref _head, _appender.Head!);
        _marks?.Note(_appender.Sequence, _appender.Hash);
        Condition.Succeed();
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
