using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>Has counted refusals noted every minute and at the end.</summary>
internal sealed class RefusalNotes : BackgroundService
{
    private readonly AuditDesk _desk;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Prepares to note, from the start of the host on.</summary>
    public RefusalNotes(AuditDesk desk, TimeProvider time, ILogger<RefusalNotes> logger)
    {
        _desk = desk;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for it
        using PeriodicTimer timer = new(RefusalTally.Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryFlushAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryFlushAsync();
        }
    }

    private async Task TryFlushAsync()
    {
        try
        {
            await _desk.FlushAsync();
        }
        catch (IOException failure)
        {
            _logger.AuditFailed(failure.GetType().Name);
        }
    }
}
