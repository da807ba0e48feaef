using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Sends figures and traces to an OpenTelemetry collector while the process runs.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly MeterProvider _meters;
    private readonly TracerProvider _traces;

    /// <summary>Begins to send.</summary>
    /// <param name="collector">The base address of the collector: OTLP over HTTP with protobuf.</param>
    public TelemetryExport(Uri collector)
    {
        // With this protocol the address must name the signal itself.
        string address = collector.AbsoluteUri.TrimEnd('/');
        _meters = Sdk.CreateMeterProviderBuilder()
            .AddMeter(SidecarMetrics.MeterName)
            .AddOtlpExporter(options => Set(options, new Uri($"{address}/v1/metrics")))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(SidecarTraces.SourceName)
            .AddOtlpExporter(options => Set(options, new Uri($"{address}/v1/traces")))
            .Build();
    }

    /// <summary>Sends what is there; false if the collector did not take it.</summary>
    public bool Flush() => _meters.ForceFlush() & _traces.ForceFlush();

    /// <summary>Sends what is left, and stops.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    private static void Set(OtlpExporterOptions options, Uri endpoint)
    {
        options.Endpoint = endpoint;
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }
}
