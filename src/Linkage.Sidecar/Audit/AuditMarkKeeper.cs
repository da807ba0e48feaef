using Linkage.Sidecar.Storage;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Audit;

/// <summary>Tells the store how far the log is: at the start, at the end, and once a second while it grows.</summary>
/// <remarks>At every entry would cost a flush of the database each. Thread-safe.</remarks>
internal sealed class AuditMarkKeeper : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AuditMarks _marks;
    private readonly ILogger? _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private AuditMark? _newest;
    private AuditMark? _told;

    /// <summary>Begins.</summary>
    public AuditMarkKeeper(AuditMarks marks, TimeProvider time, ILogger? logger)
    {
        _marks = marks;
        _logger = logger;
        _work = WorkAsync(time);
    }

    /// <summary>The log has grown, and is on disk.</summary>
    public void Note(long sequence, ReadOnlyMemory<byte> hash) =>
        Volatile.Write(ref _newest, new AuditMark(sequence, hash));

    /// <summary>Tells the end.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _work.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task WorkAsync(TimeProvider time)
    {
        await Task.Yield(); // the first mark is noted by then, or told a second later
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            do
            {
                await TellAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await TellAsync();
        }
    }

    private async Task TellAsync()
    {
        AuditMark? newest = Volatile.Read(ref _newest);
        if (newest is null || (newest.Sequence == _told?.Sequence && !_marks.Outbox.HasSettled))
        {
            return;
        }

        try
        {
            await _marks.MoveAsync(newest);
            _told = newest;
        }
        catch (Exception failure) when (failure is IOException or SqliteException)
        {
            // The log itself is whole; a mark that lags lets a start notice less, and is told again.
            _logger?.MarkFailed(failure.GetType().Name);
        }
    }
}
