using System.Diagnostics;
using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Transport.Server;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Makes of every call a figure, a span and a line of the log. Thread-safe.</summary>
internal sealed class CallTelemetry : CallObserver
{
    private readonly SidecarMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Observes.</summary>
    public CallTelemetry(SidecarMetrics metrics, TimeProvider time, ILogger<CallTelemetry> logger)
    {
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override object? Begin(HttpServerCall call)
    {
        RpcFigures rpc = _metrics.FiguresOf(call.Method);
        rpc.Begin();
        return SidecarTraces.Source.HasListeners()
            ? SidecarTraces.Begin(
                rpc.Name,
                ActivityKind.Server,
                call.HttpContext.Request.Headers.TraceParent,
                rpc.Label,
                new(SidecarMetrics.SystemLabel, SidecarMetrics.SystemOf(call.IsConnect)))
            : null;
    }

    /// <inheritdoc/>
    public override void End(HttpServerCall call, object? begun, StatusCode status)
    {
        RpcFigures rpc = _metrics.FiguresOf(call.Method);
        rpc.End(call.ReceivedBytes, call.SentBytes);
        TimeSpan elapsed = _time.GetElapsedTime(call.BeganAt);
        _metrics.CallEnded(rpc, call.IsConnect, (int)status, elapsed);
        if (begun is Activity span)
        {
            EndSpan(span, status);
        }

        LogLevel level = status is StatusCode.OK or StatusCode.Cancelled ? LogLevel.Debug : LogLevel.Information;
        if (_logger.IsEnabled(level))
        {
            _logger.CallEnded(
                level,
                rpc.Name,
                SidecarMetrics.StatusOf((int)status),
                Math.Round(elapsed.TotalMilliseconds, 3),
                AccessPolicy.RoleOf(CallFacts.CallerOf(call)));
        }
    }

    private static void EndSpan(Activity span, StatusCode status)
    {
        string word = SidecarMetrics.StatusOf((int)status);
        span.SetTag(SidecarMetrics.StatusLabel, word);

        // Of a server's spans only these are errors: the others are the caller's doing.
        if (status is StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Unimplemented
            or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss)
        {
            span.SetTag("error.type", word);
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }
}
