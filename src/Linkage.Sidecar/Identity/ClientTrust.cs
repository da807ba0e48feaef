using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Linkage.Sidecar.Identity;

/// <summary>Which client certificates a handshake takes: signed by our authorities, in date, not revoked.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class ClientTrust : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _authorities;
    private readonly RevokedCertificates _revoked;
    private readonly TimeProvider _time;

    /// <summary>Trusts some authorities.</summary>
    /// <param name="authorities">Their certificates; owned from here on.</param>
    /// <param name="revoked">What is refused all the same, authorities and intermediates included.</param>
    /// <param name="time">The clock that certificates expire by.</param>
    public ClientTrust(X509Certificate2Collection authorities, RevokedCertificates revoked, TimeProvider time)
    {
        _authorities = authorities;
        _revoked = revoked;
        _time = time;
    }

    /// <summary>The rules of one handshake's chain.</summary>
    public X509ChainPolicy CreatePolicy()
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // A stranger's certificate must not make this machine fetch an address of the stranger's choice.
            DisableCertificateDownloads = true,
            VerificationTime = _time.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }

    /// <summary>The last word on a client certificate, once its chain was built by the policy.</summary>
    public bool Accepts(X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        && chain is not null
        && !chain.ChainElements.Any(element => _revoked.Contains(element.Certificate));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 authority in _authorities)
        {
            authority.Dispose();
        }
    }
}
