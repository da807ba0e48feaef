using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Linkage.Sidecar.Identity;

/// <summary>Certificates that are refused although an authority signed them: a list kept by the operator.</summary>
/// <remarks>Immutable. A list on this machine needs no network at the moment of a handshake.</remarks>
internal sealed class RevokedCertificates
{
    /// <summary>No certificate.</summary>
    public static readonly RevokedCertificates None = new([], []);

    private const string FingerprintPrefix = "sha256:";
    private const string SerialPrefix = "serial:";
    private const int LongestSerial = 40;

    private readonly FrozenSet<string> _fingerprints;
    private readonly FrozenSet<string> _serials;

    private RevokedCertificates(IEnumerable<string> fingerprints, IEnumerable<string> serials)
    {
        _fingerprints = fingerprints.ToFrozenSet(StringComparer.Ordinal);
        _serials = serials.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Reads entries "sha256:FINGERPRINT" and "serial:NUMBER".</summary>
    /// <param name="entries">The entries; hexadecimal digits in either case, as tools print them.</param>
    /// <param name="revoked">The list; empty when an entry is wrong.</param>
    /// <returns>False if an entry is neither.</returns>
    public static bool TryParse(IReadOnlyList<string> entries, out RevokedCertificates revoked)
    {
        revoked = None;
        List<string> fingerprints = [];
        List<string> serials = [];
        foreach (string entry in entries)
        {
            string digits = entry[(entry.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
            if (entry.StartsWith(FingerprintPrefix, StringComparison.Ordinal) && IsFingerprint(digits))
            {
                fingerprints.Add(digits);
            }
            else if (entry.StartsWith(SerialPrefix, StringComparison.Ordinal) && IsSerial(digits))
            {
                serials.Add(Canonical(digits));
            }
            else
            {
                return false;
            }
        }

        revoked = new RevokedCertificates(fingerprints, serials);
        return true;
    }

    /// <summary>True for a SHA-256 in lower-case hexadecimal digits.</summary>
    public static bool IsFingerprint(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>True if the certificate is on the list.</summary>
    public bool Contains(X509Certificate2 certificate) =>
        _fingerprints.Contains(Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)))
        || _serials.Contains(Canonical(certificate.SerialNumber.ToLowerInvariant()));

    private static bool IsSerial(string text) =>
        text.Length is > 0 and <= LongestSerial && text.All(char.IsAsciiHexDigitLower);

    // Tools differ in whether they print the zero byte that keeps a number positive.
    private static string Canonical(string serial) => serial.TrimStart('0');
}
