using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Telemetry;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Gives up open uploads of which nothing comes any more, so that half a file is not kept for ever.</summary>
internal sealed class UploadSweeper : StoreSweeper
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly UnitStore _store;
    private readonly UploadOptions _options;
    private readonly ILogger _logger;
    private readonly SidecarMetrics? _metrics;

    /// <summary>Prepares to look, at the start of the host and then now and again.</summary>
    public UploadSweeper(
        UnitStore store,
        SidecarOptions options,
        TimeProvider time,
        ILogger<UploadSweeper> logger,
        SidecarMetrics? metrics = null)
        : base(Interval, time)
    {
        _store = store;
        _options = options.Uploads;
        _logger = logger;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    /// <returns>How many uploads were given up.</returns>
    public override async Task<int> SweepAsync(CancellationToken cancellation)
    {
        int expired = await _store.Uploads.ExpireAsync(Time.GetUtcNow() - _options.Expiry, cancellation);
        if (expired > 0)
        {
            _metrics?.UploadsEnded(UploadWord.Expired, expired);
            _logger.UploadsExpired(expired);
        }

        return expired;
    }

    /// <inheritdoc/>
    protected override void TellOfFailure(string failure) => _logger.SweepFailed(failure);
}
