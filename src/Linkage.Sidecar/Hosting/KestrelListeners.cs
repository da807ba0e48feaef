using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Linkage.Sidecar.Hosting;

/// <summary>Tells Kestrel where to listen, and what each listener speaks.</summary>
internal static class KestrelListeners
{
    private const double SlowestReader = 240; // bytes a second; Kestrel's own default

    private static readonly TimeSpan AfterTheCall = TimeSpan.FromSeconds(10);

    /// <summary>Opens the configured listeners, and no other.</summary>
    /// <param name="kestrel">Kestrel's options.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="certificate">The loaded TLS files; null if there is no TLS port.</param>
    public static void Configure(KestrelServerOptions kestrel, SidecarOptions options, ServerCertificate? certificate)
    {
        ListenerOptions listeners = options.Listeners;
        kestrel.AddServerHeader = false;
        SetPatience(kestrel.Limits, options.Limits);
        if (listeners.Http2 is { } http2)
        {
            kestrel.Listen(http2, listen => Set(listen, HttpProtocols.Http2, ListenerKind.Loopback));
        }

        if (listeners.Http1 is { } http1)
        {
            kestrel.Listen(http1, listen => Set(listen, HttpProtocols.Http1, ListenerKind.Loopback));
        }

        if (listeners.Tls is { } tls && certificate is not null)
        {
            kestrel.Listen(tls.Address, listen =>
            {
                Set(listen, HttpProtocols.Http1AndHttp2, ListenerKind.Tls);
                UseMutualTls(listen, certificate);
            });
        }

        if (listeners.Unix is { } unix)
        {
            kestrel.ListenUnixSocket(unix.Path, listen => Set(listen, HttpProtocols.Http2, ListenerKind.Unix));
        }

        if (options.Telemetry.Prometheus is { } prometheus)
        {
            kestrel.Listen(prometheus, listen => Set(listen, HttpProtocols.Http1, ListenerKind.Prometheus));
        }
    }

    /// <summary>Says when the other end of a connection counts as lost.</summary>
    /// <remarks>
    /// One that was lost without a word is never heard of again, so it is asked. One that lives but takes nothing loses
    /// its call first (<see cref="LimitOptions.MessageTime"/>), and its connection only if that was not enough.
    /// </remarks>
    internal static void SetPatience(KestrelServerLimits limits, LimitOptions options)
    {
        limits.Http2.KeepAlivePingDelay = options.KeepAlive;
        limits.Http2.KeepAlivePingTimeout = options.KeepAlive;
        limits.MinResponseDataRate = new MinDataRate(SlowestReader, options.MessageTime + AfterTheCall);
    }

    private static void Set(ListenOptions listen, HttpProtocols protocols, ListenerKind kind)
    {
        ListenerFeature feature = new(kind);
        listen.Protocols = protocols;
        listen.Use(next => connection =>
        {
            connection.Features.Set(feature);
            return next(connection);
        });
    }

    private static void UseMutualTls(ListenOptions listen, ServerCertificate certificate) =>
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificateSelector = (_, _) => certificate.Context.TargetCertificate,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (_, chain, errors) => certificate.Trust.Accepts(chain, errors),
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            OnAuthenticate = (_, tls) =>
            {
                tls.ServerCertificateContext = certificate.Context;
                tls.ServerCertificateSelectionCallback = null;
                tls.CertificateChainPolicy = certificate.Trust.CreatePolicy();
                // A resumed session would carry a certificate past the list of those revoked since.
                tls.AllowTlsResume = false;
            },
        });
}
