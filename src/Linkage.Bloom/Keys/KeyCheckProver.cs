using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Keys;

/// <summary>Makes and verifies the proofs of a key check.</summary>
internal sealed class KeyCheckProver : IDisposable
{
    private const string KeyLabel = "key";
    private const string SelfTestLabel = "self-test";

    private readonly byte[] _key;
    private readonly byte[] _selfTest;

    public KeyCheckProver(LinkageSchema schema, LinkageKey key)
    {
        using var keys = new KeyTree(key, schema);
        _key = keys.Derive(KeyPurpose.KeyCheck, "", "");
        _selfTest = SelfTest.Compute(schema, keys);
    }

    /// <summary>Puts its proofs into a text.</summary>
    /// <param name="text">The text; its step is the role that the proofs carry.</param>
    /// <param name="before">The texts before it.</param>
    public KeyCheckText Prove(KeyCheckText text, params ReadOnlySpan<KeyCheckText> before) =>
        text.WithProofs(Compute(KeyLabel, text, before), Compute(SelfTestLabel, text, before));

    /// <summary>Verifies the proofs in a text.</summary>
    public (bool Key, bool Software) Verify(KeyCheckText text, params ReadOnlySpan<KeyCheckText> before) =>
        (IsProof(text["proof"], Compute(KeyLabel, text, before)),
            IsProof(text["self-test"], Compute(SelfTestLabel, text, before)));

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_selfTest);
    }

    private byte[] Compute(string label, KeyCheckText text, ReadOnlySpan<KeyCheckText> before)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Append(hmac, Encoding.UTF8.GetBytes(label));
        Append(hmac, Encoding.UTF8.GetBytes(text["step"]));
        foreach (KeyCheckText earlier in before)
        {
            Append(hmac, Encoding.UTF8.GetBytes(earlier.ToString()));
        }

        Append(hmac, Encoding.UTF8.GetBytes(text.WithoutProofs().ToString()));
        if (label == SelfTestLabel)
        {
            Append(hmac, _selfTest);
        }

        return hmac.GetHashAndReset()[..KeyCheckText.ProofLength];
    }

    private static void Append(IncrementalHash hmac, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hmac.AppendData(length);
        hmac.AppendData(part);
    }

    private static bool IsProof(string hex, ReadOnlySpan<byte> expected) =>
        CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hex), expected);
}
