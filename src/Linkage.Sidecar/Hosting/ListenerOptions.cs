using System.Net;

namespace Linkage.Sidecar.Hosting;

/// <summary>Where the process answers; at least one is set.</summary>
internal sealed record ListenerOptions
{
    /// <summary>HTTP/2 without encryption, for gRPC; a loopback address.</summary>
    public IPEndPoint? Http2 { get; init; }

    /// <summary>HTTP/1.1 without encryption, for Connect and gRPC-Web; a loopback address.</summary>
    /// <remarks>A port of its own: without TLS nothing tells the two protocols apart.</remarks>
    public IPEndPoint? Http1 { get; init; }

    /// <summary>HTTP/2 and HTTP/1.1 over mutual TLS.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>HTTP/2 over a unix socket.</summary>
    public UnixSocketOptions? Unix { get; init; }

    /// <summary>The line of the log that names what cannot be listened on.</summary>
    public override string ToString() =>
        string.Join(", ", new object?[] { Http2, Http1, Tls?.Address, Unix?.Path }.OfType<object>());
}
