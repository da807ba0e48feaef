using Linkage.Sidecar.Telemetry;
using Linkage.V1;
using Microsoft.Data.Sqlite;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Works off the runs that wait, one at a time, as long as the process runs.</summary>
/// <remarks>
/// A run that the end of the process interrupts is queued again at the next start; after <see cref="MostAttempts"/> it
/// fails, so that a run that kills the process does not do so for ever.
/// </remarks>
internal sealed class RunQueue : BackgroundService
{
    /// <summary>How often a run is begun.</summary>
    public const int MostAttempts = 5;

    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(5);

    private readonly Stored.UnitStore _store;
    private readonly string _scratch;
    private readonly TimeProvider _time;
    private readonly ILogger<RunQueue> _logger;
    private readonly SidecarMetrics? _metrics;

    /// <summary>Prepares the queue; what an earlier process left in the scratch directory goes.</summary>
    /// <param name="store">Where runs are.</param>
    /// <param name="scratch">A directory for results on their way; nothing else may use it.</param>
    /// <param name="time">What time it is.</param>
    /// <param name="logger">Where to tell what was done.</param>
    /// <param name="metrics">Where figures go; null for nowhere.</param>
    public RunQueue(
        Stored.UnitStore store,
        string scratch,
        TimeProvider time,
        ILogger<RunQueue> logger,
        SidecarMetrics? metrics = null)
    {
        _store = store;
        _scratch = scratch;
        _time = time;
        _logger = logger;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for the first run
        RemoveScratch();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _store.Runs.WaitForWorkAsync(stoppingToken);
                if (await _store.Runs.ClaimNextAsync(stoppingToken) is { } run)
                {
                    await WorkAsync(run, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // what was at work is queued again at the next start
            }
            catch (Exception fault) when (fault is SqliteException or IOException)
            {
                _logger.QueueFault(fault);
                await Task.Delay(FaultPause, _time, CancellationToken.None).WaitAsync(stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WorkAsync(Stored.Run run, CancellationToken stopping)
    {
        _logger.RunBegins(run.Id, run.Attempt);
        if (run.Attempt > MostAttempts)
        {
            await FailAsync(run, ErrorReason.InternalError, failure: null, stopping);
            return;
        }

        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using RunTelemetry telemetry = new(_metrics, _time, run.Attempt);
        Task watching = CancelWithRunAsync(run, attempt);
        try
        {
            await AttemptAsync(run, telemetry, attempt.Token);
            telemetry.Outcome = RunWord.Done;
            _logger.RunSucceeded(run.Id);
        }
        catch (Exception over) when (IsOver(over, run, attempt.Token))
        {
            _logger.RunStopped(run.Id, run.Attempt);
            stopping.ThrowIfCancellationRequested();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            telemetry.Outcome = RunWord.Failed;
            await FailAsync(run, RunFailure.ReasonOf(failure), failure, stopping);
        }
        finally
        {
            await attempt.CancelAsync();
            await watching;
            RemoveScratch();
        }
    }

    private async Task AttemptAsync(
        Stored.Run run, RunTelemetry telemetry, CancellationToken cancellation)
    {
        Stored.StoreFolders.CreatePrivate(_scratch);
        await using RunProgressLog progress = new(_store.Runs, run, _time, cancellation);
        await new RunExecution(_store, run, _scratch, _time, telemetry).RunAsync(progress, cancellation);
    }

    // Cancelling, withdrawal and deletion all show in the run itself.
    private async Task CancelWithRunAsync(Stored.Run run, CancellationTokenSource attempt)
    {
        try
        {
            Stored.Run? now = run;
            while (now is { Latest.State: Stored.RunState.Running } && now.Attempt == run.Attempt)
            {
                now = await _store.Runs.WaitAsync(run.Id, now.Latest.Sequence, attempt.Token);
            }

            await attempt.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The attempt has ended before the run changed.
        }
    }

    private bool IsOver(Exception failure, Stored.Run run, CancellationToken attempt) =>
        attempt.IsCancellationRequested
        || failure is Stored.StoreRefusedException
        || _store.Runs.Find(run.Id)?.Latest.State != Stored.RunState.Running;

    private async Task FailAsync(Stored.Run run, ErrorReason reason, Exception? failure, CancellationToken stopping)
    {
        string name = RunFailure.NameOf(reason);
        _logger.RunFailed(run.Id, name, failure);
        while (!await TryNoteAsync(run, name, stopping))
        {
            await Task.Delay(FaultPause, _time, stopping);
        }
    }

    // A run that stays at work in the store would keep its project from any other.
    private async Task<bool> TryNoteAsync(Stored.Run run, string reason, CancellationToken stopping)
    {
        try
        {
            await _store.Runs.FailAsync(run.Id, run.Attempt, reason, stopping);
            return true;
        }
        catch (Stored.StoreRefusedException)
        {
            _logger.RunStopped(run.Id, run.Attempt); // cancelled in between; there is nothing left to note
            return true;
        }
        catch (Exception fault) when (fault is SqliteException or IOException)
        {
            _logger.QueueFault(fault);
            return false;
        }
    }

    private void RemoveScratch()
    {
        if (Directory.Exists(_scratch))
        {
            Directory.Delete(_scratch, recursive: true);
        }
    }
}
