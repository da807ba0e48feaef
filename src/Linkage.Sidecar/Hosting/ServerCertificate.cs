using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting;

/// <summary>What the TLS port needs, loaded: the server's own certificate and whose clients it trusts.</summary>
internal sealed class ServerCertificate : IDisposable
{
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
        X509Certificate2 certificate = Load(
            "listeners.tls.certificate and key must be a certificate and its private key in PEM",
            () => X509Certificate2.CreateFromPemFile(options.Certificate, options.Key));
        DateTime now = time.GetUtcNow().UtcDateTime;
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
        {
            certificate.Dispose();
            throw new SidecarOptionsException("listeners.tls.certificate is not in date by this machine's clock");
        }

        X509Certificate2Collection all = LoadAll("listeners.tls.certificate", options.Certificate);
        X509Certificate2Collection authorities = LoadAll("listeners.tls.clientAuthority", options.ClientAuthority);
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

    private static X509Certificate2Collection LoadAll(string member, string path)
    {
        X509Certificate2Collection certificates = [];
        string fault = $"{member} must hold certificates in PEM";
        Load(fault, () =>
        {
            certificates.ImportFromPemFile(path);
            return certificates;
        });
        return certificates.Count > 0 ? certificates : throw new SidecarOptionsException(fault);
    }

    private static T Load<T>(string fault, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            // The inner message may quote the file.
            throw new SidecarOptionsException(fault);
        }
    }
}
