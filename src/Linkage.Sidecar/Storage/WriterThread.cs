using System.Collections.Concurrent;

namespace Linkage.Sidecar.Storage;

/// <summary>Runs changes one after another on a thread of its own.</summary>
/// <remarks>
/// SQLite's calls block, for the time of an fsync at least, and it has one writer anyway: so requests wait without a
/// thread, and this one blocks for all. The queue needs no bound, because a request waits for its change and so has
/// one in it at most.
/// </remarks>
internal sealed class WriterThread : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _queue = [];
    private readonly Thread _thread;

    public WriterThread(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Queues a change; it can be cancelled until it begins.</summary>
    public Task<T> RunAsync<T>(Func<T> change, CancellationToken cancellation) => Task.Factory.StartNew(
        change,
        cancellation,
        TaskCreationOptions.DenyChildAttach | TaskCreationOptions.RunContinuationsAsynchronously,
        this);

    /// <summary>Finishes what is queued, then ends the thread.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    protected override void QueueTask(Task task) => _queue.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _queue];

    private void Work()
    {
        foreach (Task task in _queue.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
