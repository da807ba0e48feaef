using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Keys;

/// <summary>All keys of a project and schema, derived from its root by HKDF-SHA-256 (RFC 5869).</summary>
/// <remarks>
/// PRK = Extract(salt = SHA-256(project, encoding fingerprint), root); a key is
/// Expand(PRK, "linkage/v1", purpose, field, pass, epoch), every part with its length before it. A wrong schema thus
/// gives encodings that do not compare, instead of silent bad links.
/// </remarks>
internal sealed class KeyTree : IDisposable
{
    public const int CheckValueLength = 16;

    private const string Version = "linkage/v1";

    private readonly byte[] _prk = GC.AllocateArray<byte>(HMACSHA256.HashSizeInBytes, pinned: true);
    private readonly string _epoch;

    public KeyTree(LinkageKey key, LinkageSchema schema)
    {
        _epoch = key.Epoch.ToString(CultureInfo.InvariantCulture);
        Span<byte> salt = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JoinParts(key.Project, schema.EncodingFingerprint), salt);
        HKDF.Extract(HashAlgorithmName.SHA256, key.Root, salt, _prk);
    }

    /// <summary>Derives a key.</summary>
    /// <param name="purpose">What the key is for; see <see cref="KeyPurpose"/>.</param>
    /// <param name="field">Field name, or empty.</param>
    /// <param name="pass">Pass name, or empty.</param>
    /// <param name="length">Bytes wanted.</param>
    /// <returns>A pinned array; the caller zeroes it.</returns>
    public byte[] Derive(string purpose, string field, string pass, int length = 32)
    {
        byte[] key = GC.AllocateArray<byte>(length, pinned: true);
        HKDF.Expand(HashAlgorithmName.SHA256, _prk, key, JoinParts(Version, purpose, field, pass, _epoch));
        return key;
    }

    /// <summary>A value that two files share if and only if they come from one root and schema.</summary>
    public byte[] ComputeCheckValue()
    {
        byte[] key = Derive(KeyPurpose.FileCheck, "", "");
        byte[] check = HMACSHA256.HashData(key, "linkage file check"u8)[..CheckValueLength];
        CryptographicOperations.ZeroMemory(key);
        return check;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_prk);

    private static byte[] JoinParts(params ReadOnlySpan<string> parts)
    {
        using var joined = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string part in parts)
        {
            byte[] text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            joined.Write(length);
            joined.Write(text);
        }

        return joined.ToArray();
    }
}
