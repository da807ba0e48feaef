using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Linkage.Sidecar.Hosting;

/// <summary>Loads certificates and keys that the configuration names; no fault quotes a file.</summary>
internal static class PemFiles
{
    /// <summary>A certificate with its private key; it must be in date.</summary>
    /// <param name="section">The members' place in the configuration.</param>
    /// <param name="certificate">The file of the certificate.</param>
    /// <param name="key">The file of its key.</param>
    /// <param name="time">The clock that certificates expire by.</param>
    /// <exception cref="SidecarOptionsException">A file does not hold what its member promises.</exception>
    public static X509Certificate2 LoadPair(string section, string certificate, string key, TimeProvider time)
    {
        X509Certificate2 loaded = Load(
            $"{section}.certificate and key must be a certificate and its private key in PEM",
            () => X509Certificate2.CreateFromPemFile(certificate, key));
        DateTime now = time.GetUtcNow().UtcDateTime;
        if (now >= loaded.NotBefore.ToUniversalTime() && now <= loaded.NotAfter.ToUniversalTime())
        {
            return loaded;
        }

        loaded.Dispose();
        throw new SidecarOptionsException($"{section}.certificate is not in date by this machine's clock");
    }

    /// <summary>All certificates of a file, of which there must be one.</summary>
    /// <param name="member">The member that names the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="SidecarOptionsException">There is none in it.</exception>
    public static X509Certificate2Collection LoadAll(string member, string path)
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
