using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Audit;

/// <summary>The unit's key for heads: ECDSA on P-256. Not thread-safe; it prints nothing of itself.</summary>
internal sealed class AuditKey : IDisposable
{
    private const int LongestFile = 16 * 1024;

    private readonly ECDsa _key;

    private AuditKey(ECDsa key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>SHA-256 of the public key, in lower-case hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>The public key in PEM.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>Makes a key in a folder that has none: the private file of mode 0600, and the public one.</summary>
    /// <exception cref="IOException">There is one, or the folder cannot be written.</exception>
    public static AuditKey Create(AuditFolder folder)
    {
        AuditKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        try
        {
            // The private one last: with it the pair is whole.
            Write(folder.PublicKey, key.PublicPem, replace: true);
            Write(folder.Key, key._key.ExportPkcs8PrivateKeyPem() + "\n", replace: false);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Loads the private key of a folder.</summary>
    /// <exception cref="IOException">It is no such key.</exception>
    public static AuditKey Load(AuditFolder folder) => Import(folder.Key);

    /// <summary>Loads a public key.</summary>
    /// <exception cref="IOException">It is no such key.</exception>
    public static AuditKey LoadPublic(string path) => Import(path);

    /// <summary>Signs the end of a chain.</summary>
    public AuditHead Sign(long sequence, ReadOnlySpan<byte> hash, DateTimeOffset time)
    {
        string hex = Convert.ToHexStringLower(hash);
        byte[] signature = _key.SignData(
            AuditHead.SignedBytes(sequence, hex, time, Id),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new AuditHead(sequence, hex, time, Id, Convert.ToBase64String(signature));
    }

    /// <summary>Signs something else of the unit's, which says in its first bytes what it is.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content) => _key.SignData(
        content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Whether a head was signed by this key.</summary>
    public bool HasSigned(AuditHead head)
    {
        byte[] signature = new byte[2 * AuditChain.HashLength];
        return head.KeyId == Id
            && Convert.TryFromBase64String(head.Signature, signature, out int length)
            && length == signature.Length
            && _key.VerifyData(
                AuditHead.SignedBytes(head.Sequence, head.Hash, head.Time, head.KeyId),
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The type's name, and nothing of the key.</summary>
    public override string ToString() => nameof(AuditKey);

    private static AuditKey Import(string path)
    {
        if (new FileInfo(path).Length > LongestFile)
        {
            throw new IOException($"{path}: is not a key of the audit log");
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == "1.2.840.10045.3.1.7"
                ? new AuditKey(key)
                : throw new IOException($"{path}: is not a key on the curve P-256");
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new IOException($"{path}: is not a key of the audit log"); // the inner message may quote the file
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static void Write(string path, string text, bool replace)
    {
        using AtomicFile file = AtomicFile.Create(path, ownerOnly: true, replace);
        file.Stream.Write(Encoding.ASCII.GetBytes(text));
        file.Commit();
    }
}
