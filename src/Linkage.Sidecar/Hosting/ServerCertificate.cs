using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting;

/// <summary>What the TLS port needs, loaded: the server's own certificate and whose clients it trusts.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private const string Section = "listeners.tls";

    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _intermediates;

    private ServerCertificate(
        X509Certificate2 certificate, X509Certificate2Collection intermediates, ClientTrust trust)
    {
        _certificate = certificate;
        _intermediates = intermediates;
        Trust = trust;
        Context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    /// <summary>The server's certificate with its intermediates.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>The end of the server certificate's life.</summary>
    public DateTimeOffset Expires => _certificate.NotAfter;

    /// <summary>The client certificates that are taken.</summary>
    public ClientTrust Trust { get; }

    /// <summary>Loads the files.</summary>
    /// <exception cref="SidecarOptionsException">A file does not hold what its member promises.</exception>
    public static ServerCertificate Load(TlsOptions options, TimeProvider time)
    {
        X509Certificate2 certificate = PemFiles.LoadPair(Section, options.Certificate, options.Key, time);
        X509Certificate2Collection all = PemFiles.LoadAll($"{Section}.certificate", options.Certificate);
        X509Certificate2Collection authorities = PemFiles.LoadAll(
            $"{Section}.clientAuthority", options.ClientAuthority);
        return new ServerCertificate(certificate, all, new ClientTrust(authorities, options.Revoked, time));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        Trust.Dispose();
        foreach (X509Certificate2 certificate in _intermediates)
        {
            certificate.Dispose();
        }
    }
}
