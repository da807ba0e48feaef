using System.Diagnostics.Metrics;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Transport.Server;
using Linkage.Sidecar.Transport.Standard;
using Linkage.V1;
using Microsoft.Data.Sqlite;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Linkage.Sidecar.Services.Unit.Audit;

/// <summary>
/// Once a second, writes what the audit log is owed, and tries a log again that could not be written; health and a
/// figure say whether it can be.
/// </summary>
internal sealed class AuditWatch : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AuditLog _log;
    private readonly AuditOutbox _outbox;
    private readonly HealthStatuses _statuses;
    private readonly ServiceRegistry _services;
    private readonly CancellationToken _stopping;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Prepares to look, from the start of the host on.</summary>
    public AuditWatch(
        AuditLog log,
        UnitStore store,
        HealthStatuses statuses,
        ServiceRegistry services,
        SidecarMetrics metrics,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        ILogger<AuditWatch> logger)
    {
        _log = log;
        _outbox = store.AuditMarks.Outbox;
        _statuses = statuses;
        _services = services;
        _stopping = lifetime.ApplicationStopping;
        _time = time;
        _logger = logger;
        log.Condition.Changed = Report;
        metrics.Meter.CreateObservableGauge(
            "linkage.audit.writable",
            () => new Measurement<long>(log.Condition.IsWritable ? 1 : 0),
            unit: null,
            "1 while the audit log can be written, 0 while it cannot.");
    }

    /// <summary>Looks once.</summary>
    /// <exception cref="IOException">The log or the store cannot be written.</exception>
    public async Task LookAsync()
    {
        await _log.RequireWritableAsync();
        await _outbox.SettleLeftAsync(async events => await _log.AppendAsync(events));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for it
        using PeriodicTimer timer = new(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLookAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryLookAsync();
        }
    }

    private async Task TryLookAsync()
    {
        bool wasWritable = _log.Condition.IsWritable;
        try
        {
            await LookAsync();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException
            or ArgumentException)
        {
            if (wasWritable)
            {
                _logger.OwedFailed(failure.GetType().Name); // once, not every second
            }
        }
    }

    // An owner's services need no log; a process that stops says so itself.
    private void Report()
    {
        bool isWritable = _log.Condition.IsWritable;
        if (isWritable && _stopping.IsCancellationRequested)
        {
            return;
        }

        ServingStatus status = isWritable ? ServingStatus.Serving : ServingStatus.NotServing;
        _statuses.Set(string.Empty, status);
        foreach (ServiceDescriptor service in _services.Services.Where(
            service => service.File.Package == Access.Refusals.Domain
                && service.FullName != EncodingService.Descriptor.FullName))
        {
            _statuses.Set(service.FullName, status);
        }
    }
}
