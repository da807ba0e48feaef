using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>The projects whose records are in memory. Thread-safe.</summary>
/// <remarks>
/// A project is read in by the first call that needs it, stays until it is idle for long, and goes when its newest run
/// is another one or gone: by deletion, by withdrawal, or since a further run has succeeded.
/// </remarks>
internal sealed class LiveProjects : IDisposable
{
    private readonly UnitStore _store;
    private readonly LiveLoader _loader;
    private readonly LookupOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveProjects> _logger;
    private readonly Dictionary<string, Slot> _slots = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();

    public LiveProjects(
        UnitStore store,
        LiveLoader loader,
        LookupOptions options,
        TimeProvider time,
        ILogger<LiveProjects> logger)
    {
        _store = store;
        _loader = loader;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>How many projects are in memory, or on their way there.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _slots.Count;
            }
        }
    }

    /// <summary>Begins to use a project, once its records are there.</summary>
    /// <exception cref="RunRefusedException">The project has no run, or its terms agree on counts only.</exception>
    /// <exception cref="Grpc.Core.RpcException">Its records are still being read in.</exception>
    public async Task<LiveLease> EnterAsync(string projectId, DateTime deadline, CancellationToken cancellation)
    {
        while (true)
        {
            string run = RequireRun(projectId);
            Slot slot = SlotOf(projectId, run);
            LiveProject live = await WaitAsync(slot, deadline, cancellation);
            if (!live.IsBroken && live.TryEnter())
            {
                return new LiveLease(live);
            }

            Drop(projectId, slot);
        }
    }

    /// <summary>Lets go of projects that are not what they were, or that nobody has asked about for long.</summary>
    public void Sweep()
    {
        (string ProjectId, Slot Slot)[] all;
        lock (_gate)
        {
            all = [.. _slots.Select(pair => (pair.Key, pair.Value))];
        }

        foreach ((string projectId, Slot slot) in all)
        {
            if (_store.Added.NewestRun(projectId) != slot.RunId)
            {
                Drop(projectId, slot);
            }
            else if (_time.GetElapsedTime(slot.UsedAt) >= _options.IdleTime || HoldsReplacedFiles(slot))
            {
                DropIfUnused(projectId, slot);
            }
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        lock (_gate)
        {
            foreach (Slot slot in _slots.Values)
            {
                Retire(slot);
            }

            _slots.Clear();
        }

        _stop.Dispose();
    }

    private string RequireRun(string projectId)
    {
        if (_store.Added.NewestRun(projectId) is { } run)
        {
            return run;
        }

        bool isCounts = _store.Projects.Find(projectId)?.Terms?.Output == Storage.OutputType.Counts;
        throw isCounts
            ? new RunRefusedException(ErrorReason.OutputNotAgreed, "The terms agree on counts, and nothing else.")
            : new RunRefusedException(ErrorReason.NoResults, "No run of the project has results.");
    }

    private Slot SlotOf(string projectId, string run)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(projectId, out Slot? slot) && slot.RunId == run)
            {
                slot.UsedAt = _time.GetTimestamp();
                return slot;
            }

            if (slot is not null)
            {
                Retire(slot);
            }

            // It is nobody's call: what reading in changes is no act of the one who happens to ask first.
            using (ExecutionContext.SuppressFlow())
            {
                slot = new Slot(run, Task.Run(() => LoadAsync(projectId, run), CancellationToken.None))
                {
                    UsedAt = _time.GetTimestamp(),
                };
            }

            _slots[projectId] = slot;
            return slot;
        }
    }

    private async Task<LiveProject> LoadAsync(string projectId, string run)
    {
        long begin = _time.GetTimestamp();
        LiveProject live = await _loader.LoadAsync(projectId, run, _stop.Token);
        _logger.ProjectRead(projectId, live.RecordCount, (long)_time.GetElapsedTime(begin).TotalMilliseconds);
        return live;
    }

    private async Task<LiveProject> WaitAsync(Slot slot, DateTime deadline, CancellationToken cancellation)
    {
        if (slot.Loading.IsCompletedSuccessfully)
        {
            return await slot.Loading;
        }

        // An answer that says so is worth more than the deadline's.
        TimeSpan left = deadline == DateTime.MaxValue
            ? _options.LoadTime
            : (deadline - _time.GetUtcNow().UtcDateTime) * 0.9;
        TimeSpan patience = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, _options.LoadTime.Ticks));
        try
        {
            return await slot.Loading.WaitAsync(patience, _time, cancellation);
        }
        catch (TimeoutException) when (!slot.Loading.IsCompleted)
        {
            throw Refusals.Of(ErrorReason.IndexLoading, "The project's records are being read in; ask again.");
        }
        finally
        {
            if (slot.Loading.IsFaulted || slot.Loading.IsCanceled)
            {
                Forget(slot);
            }
        }
    }

    private void Drop(string projectId, Slot slot)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(projectId, out Slot? now) && now == slot)
            {
                _slots.Remove(projectId);
                Retire(slot);
            }
        }
    }

    // Their bytes are on the disk as long as somebody has them open.
    private bool HoldsReplacedFiles(Slot slot) =>
        slot.Loading is { IsCompletedSuccessfully: true, Result: { } live }
        && !_loader.IsUpToDate(slot.RunId, live.FileIds);

    // One that is in use could yet change what a second one has read already.
    private void DropIfUnused(string projectId, Slot slot)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(projectId, out Slot? now) && now == slot
                && slot.Loading is { IsCompletedSuccessfully: true, Result: { } live } && live.TryRetire())
            {
                _slots.Remove(projectId);
            }
        }
    }

    private void Forget(Slot slot)
    {
        lock (_gate)
        {
            foreach (string projectId in _slots.Where(pair => pair.Value == slot).Select(pair => pair.Key).ToArray())
            {
                _slots.Remove(projectId);
            }
        }
    }

    private static void Retire(Slot slot) => _ = slot.Loading.ContinueWith(
        loaded => loaded.Result.Dispose(),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion,
        TaskScheduler.Default);

    private sealed class Slot(string runId, Task<LiveProject> loading)
    {
        public string RunId { get; } = runId;

        public Task<LiveProject> Loading { get; } = loading;

        public long UsedAt { get; set; }
    }
}
