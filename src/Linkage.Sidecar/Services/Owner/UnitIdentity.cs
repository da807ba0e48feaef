using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>What an owner shows a unit, and what the unit has to show: loaded once, at the start.</summary>
internal sealed class UnitIdentity : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int LongestTokenFile = 1024;

    private readonly X509Certificate2Collection _authorities;
    private readonly X509Certificate2Collection _own;
    private readonly SslStreamCertificateContext? _context;

    private UnitIdentity(
        X509Certificate2Collection authorities,
        X509Certificate2Collection own,
        SslStreamCertificateContext? context,
        string? token)
    {
        _authorities = authorities;
        _own = own;
        _context = context;
        Token = token;
    }

    /// <summary>The owner's bearer token, a secret; null if it shows none.</summary>
    public string? Token { get; }

    /// <summary>Loads the files that the configuration names.</summary>
    /// <exception cref="SidecarOptionsException">A file does not hold what its member promises.</exception>
    public static UnitIdentity Load(UnitOptions options, TimeProvider time)
    {
        string section = $"units.{options.Name}";
        X509Certificate2Collection authorities = options.Authority is { } authority
            ? PemFiles.LoadAll($"{section}.authority", authority)
            : [];
        X509Certificate2Collection own = [];
        SslStreamCertificateContext? context = null;
        if (options is { Certificate: { } certificate, Key: { } key })
        {
            X509Certificate2 first = PemFiles.LoadPair(section, certificate, key, time);
            own = PemFiles.LoadAll($"{section}.certificate", certificate);
            context = SslStreamCertificateContext.Create(first, own, offline: true);
            own.Add(first);
        }

        string? token = options.Token is { } file ? ReadToken($"{section}.token", file) : null;
        return new UnitIdentity(authorities, own, context, token);
    }

    /// <summary>The rules of a handshake: a certificate of our authority, in date and for the host.</summary>
    public SslClientAuthenticationOptions CreateTls()
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // A stranger's certificate must not make this machine fetch an address of the stranger's choice.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            ClientCertificateContext = _context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 certificate in _authorities.Concat(_own))
        {
            certificate.Dispose();
        }
    }

    private static string ReadToken(string member, string path)
    {
        string text = new FileInfo(path).Length <= LongestTokenFile ? File.ReadAllText(path).Trim() : string.Empty;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return BearerToken.TryHash(text, hash)
            ? text
            : throw new SidecarOptionsException($"{member} must hold one bearer token and nothing else");
    }
}
