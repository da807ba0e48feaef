using System.Net;

namespace Linkage.Sidecar.Hosting;

/// <summary>Where figures and traces go; null is nowhere.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The base address of an OpenTelemetry collector that speaks OTLP over HTTP.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Where <c>GET /metrics</c> is answered, and nothing else; a loopback address.</summary>
    public IPEndPoint? Prometheus { get; init; }
}
