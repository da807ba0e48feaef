using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Telemetry;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Gives up open uploads of which nothing comes any more, so that half a file is not kept for ever.</summary>
internal sealed class UploadSweeper : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly UnitStore _store;
    private readonly UploadOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SidecarMetrics? _metrics;

    /// <summary>Prepares to look, at the start of the host and then now and again.</summary>
    public UploadSweeper(
        UnitStore store,
        SidecarOptions options,
        TimeProvider time,
        ILogger<UploadSweeper> logger,
        SidecarMetrics? metrics = null)
    {
        _store = store;
        _options = options.Uploads;
        _time = time;
        _logger = logger;
        _metrics = metrics;
    }

    /// <summary>Looks once.</summary>
    /// <returns>How many uploads were given up.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        int expired = await _store.Uploads.ExpireAsync(_time.GetUtcNow() - _options.Expiry, cancellation);
        if (expired > 0)
        {
            _metrics?.UploadsEnded(UploadWord.Expired, expired);
            _logger.UploadsExpired(expired);
        }

        return expired;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for it
        using PeriodicTimer timer = new(Interval, _time);
        try
        {
            do
            {
                await TrySweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what is due is given up after the next start.
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellation)
    {
        try
        {
            await SweepAsync(cancellation);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            _logger.SweepFailed(fault.GetType().Name);
        }
    }
}
