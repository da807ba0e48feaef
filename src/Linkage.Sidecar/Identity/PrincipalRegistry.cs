using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Linkage.Sidecar.Identity;

/// <summary>Finds the principal that a certificate or an account belongs to.</summary>
/// <remarks>Immutable; safe to use from several threads. Fingerprints and subjects are no secrets.</remarks>
internal sealed class PrincipalRegistry
{
    private const string CommonName = "2.5.4.3";

    private readonly Dictionary<string, Principal> _byFingerprint = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Principal> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, Principal> _byUser = [];

    /// <summary>Takes over the principals; no credential may belong to two.</summary>
    public PrincipalRegistry(IEnumerable<Principal> principals)
    {
        foreach (Principal principal in principals)
        {
            foreach (string fingerprint in principal.Certificates)
            {
                _byFingerprint.Add(fingerprint, principal);
            }

            foreach (string subject in principal.Subjects)
            {
                _bySubject.Add(subject, principal);
            }

            foreach (uint user in principal.UserIds)
            {
                _byUser.Add(user, principal);
            }
        }
    }

    /// <summary>The principal of a certificate that the TLS handshake has already proved and trusted.</summary>
    /// <remarks>The exact certificate goes before its subject.</remarks>
    public Principal? Find(X509Certificate2 certificate)
    {
        string fingerprint = Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return _byFingerprint.GetValueOrDefault(fingerprint)
            ?? (SubjectOf(certificate) is { } subject ? _bySubject.GetValueOrDefault(subject) : null);
    }

    /// <summary>The principal of an account of this machine.</summary>
    public Principal? Find(uint userId) => _byUser.GetValueOrDefault(userId);

    // A subject with two common names could be read as either, so it is neither.
    private static string? SubjectOf(X509Certificate2 certificate)
    {
        X500RelativeDistinguishedName[] names =
        [
            .. certificate.SubjectName.EnumerateRelativeDistinguishedNames()
                .Where(name => name.HasMultipleElements || name.GetSingleElementType().Value == CommonName),
        ];
        return names is [{ HasMultipleElements: false } only] ? only.GetSingleElementValue() : null;
    }
}
