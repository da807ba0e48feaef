using Linkage.Sidecar.Storage;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Lets go of live projects once they are not what they were, or nobody asks about them.</summary>
internal sealed class LiveSweeper : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly UnitStore _store;
    private readonly LiveProjects _projects;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveSweeper> _logger;

    public LiveSweeper(UnitStore store, LiveProjects projects, TimeProvider time, ILogger<LiveSweeper> logger)
    {
        _store = store;
        _projects = projects;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Task change = _store.Runs.NextChange;
            try
            {
                _projects.Sweep();
            }
            catch (Exception fault) when (fault is SqliteException or IOException)
            {
                _logger.LiveSweepFailed(fault.GetType().Name);
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(change, Task.Delay(Pause, _time, pause.Token));
            await pause.CancelAsync();
        }
    }
}
