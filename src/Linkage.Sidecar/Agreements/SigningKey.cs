using System.Security.Cryptography;

namespace Linkage.Sidecar.Agreements;

/// <summary>Keys that sign agreements: ECDSA over the curve P-256.</summary>
internal static class SigningKey
{
    private const int PointLength = 64;

    // RFC 5480, section 2: SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING { 04, x, y } }.
    private static readonly byte[] Prefix = Convert.FromHexString(
        "3059301306072A8648CE3D020106082A8648CE3D03010703420004");

    /// <summary>Makes a key pair.</summary>
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The public key as agreements name it.</summary>
    public static string PublicKeyOf(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>Whether a text is a public key, written in the one way there is.</summary>
    public static bool IsPublicKey(string base64)
    {
        byte[] bytes = new byte[Prefix.Length + PointLength];
        if (!Convert.TryFromBase64String(base64, bytes, out int length) || length != bytes.Length
            || !bytes.AsSpan().StartsWith(Prefix) || Convert.ToBase64String(bytes) != base64)
        {
            return false;
        }

        try
        {
            using ECDsa key = Import(bytes);
            return key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(bytes);
        }
        catch (CryptographicException)
        {
            return false; // the point is not on the curve
        }
    }

    /// <summary>The public key of a checked agreement.</summary>
    public static ECDsa ImportPublic(string base64) => Import(Convert.FromBase64String(base64));

    /// <summary>Reads the public key of a PEM file.</summary>
    /// <returns>The key as agreements name it.</returns>
    /// <exception cref="AgreementFormatException">It is none of P-256.</exception>
    public static string ReadPublic(string pem, string place)
    {
        using ECDsa key = Parse(pem, place, isPrivate: false);
        string text = PublicKeyOf(key);
        return IsPublicKey(text) ? text : throw new AgreementFormatException(place, "is not a key of the curve P-256");
    }

    /// <summary>Reads the private key of a PEM file.</summary>
    /// <exception cref="AgreementFormatException">It is none of P-256.</exception>
    public static ECDsa ReadPrivate(string pem, string place)
    {
        ECDsa key = Parse(pem, place, isPrivate: true);
        if (IsPublicKey(PublicKeyOf(key)))
        {
            return key;
        }

        key.Dispose();
        throw new AgreementFormatException(place, "is not a key of the curve P-256");
    }

    private static ECDsa Parse(string pem, string place, bool isPrivate)
    {
        string label = isPrivate ? "PRIVATE KEY" : "PUBLIC KEY";
        ECDsa? key = ECDsa.Create();
        try
        {
            if (PemEncoding.TryFind(pem, out PemFields fields) && pem[fields.Label] == label)
            {
                key.ImportFromPem(pem);
                ECDsa read = key;
                key = null;
                return read;
            }
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            // The inner message may quote the file.
            throw new AgreementFormatException(place, "cannot be read as a key");
        }
        finally
        {
            key?.Dispose();
        }

        throw new AgreementFormatException(place, $"has no PEM block of the kind {label}");
    }

    private static ECDsa Import(byte[] info)
    {
        ECDsa? key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(info, out _);
            ECDsa imported = key;
            key = null;
            return imported;
        }
        finally
        {
            key?.Dispose();
        }
    }
}
