using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Linkage.Sidecar.Identity;

/// <summary>A certificate authority for development and trials: ECDSA on P-256, made on the spot.</summary>
/// <remarks>Nobody vouches for it but who made it. In production an agency's own authority signs.</remarks>
internal sealed class DevelopmentAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialLength = 16;

    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "::1"];

    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(730);
    private static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(365);

    // Clocks of two machines are never quite the same.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 _authority;
    private readonly TimeProvider _time;

    /// <summary>Makes an authority, valid for two years.</summary>
    public DevelopmentAuthority(TimeProvider time)
    {
        _time = time;
        DateTimeOffset now = time.GetUtcNow();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Linkage development authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(now - Early, now + AuthorityLifetime);
    }

    /// <summary>The authority's certificate.</summary>
    public string CertificatePem => _authority.ExportCertificatePem() + "\n";

    /// <summary>The authority's private key.</summary>
    public string KeyPem
    {
        get
        {
            using ECDsa key = _authority.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    /// <summary>A certificate for a server on this machine, valid for a year.</summary>
    /// <param name="hosts">Further names or addresses.</param>
    public X509Certificate2 IssueServer(IEnumerable<string> hosts)
    {
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in ThisMachine.Concat(hosts))
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return Issue("localhost", ServerAuthentication, names.Build(), _time.GetUtcNow() + CertificateLifetime);
    }

    /// <summary>A certificate for a client, valid for a year.</summary>
    /// <param name="name">Its common name.</param>
    public X509Certificate2 IssueClient(string name) =>
        IssueClient(name, _time.GetUtcNow() + CertificateLifetime);

    /// <summary>A certificate for a client.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="expires">The end of its life.</param>
    public X509Certificate2 IssueClient(string name, DateTimeOffset expires) =>
        Issue(name, ClientAuthentication, alternativeNames: null, expires);

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(
        string name, string purpose, X509Extension? alternativeNames, DateTimeOffset expires)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        if (alternativeNames is not null)
        {
            request.CertificateExtensions.Add(alternativeNames);
        }

        // The highest bit says "negative"; a serial number is positive (RFC 5280, 4.1.2.2).
        byte[] serial = RandomNumberGenerator.GetBytes(SerialLength);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        using X509Certificate2 certificate = request.Create(_authority, _authority.NotBefore, expires, serial);
        return certificate.CopyWithPrivateKey(key);
    }
}
