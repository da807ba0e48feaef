using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Linkage.Sidecar.Hosting;

/// <summary>Tells Kestrel where to listen, and what each listener speaks.</summary>
internal static class KestrelListeners
{
    /// <summary>Opens the configured listeners, and no other.</summary>
    /// <param name="kestrel">Kestrel's options.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="certificate">The loaded TLS files; null if there is no TLS port.</param>
    public static void Configure(KestrelServerOptions kestrel, SidecarOptions options, ServerCertificate? certificate)
    {
        ListenerOptions listeners = options.Listeners;
        kestrel.AddServerHeader = false;
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
