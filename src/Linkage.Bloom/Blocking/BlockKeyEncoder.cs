using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>
/// Makes the keyed block key of one pass: half of it is released as the token, half stays secret as the nonce.
/// </summary>
/// <remarks>
/// HMAC-SHA-256 under the pass's key over the key parts in schema order, each ended by U+001F. Not thread-safe.
/// </remarks>
internal sealed class BlockKeyEncoder : IDisposable
{
    /// <summary>Bytes of a digest: 16 of token, 16 of nonce.</summary>
    public const int DigestLength = HMACSHA256.HashSizeInBytes;

    private const char PartEnd = '\u001F';
    private const int PartCapacity = FieldNormalizer.MaxLength + 16;

    private readonly KeyPart[] _parts;
    private readonly IncrementalHash _hmac;
    private readonly char[] _text;
    private readonly byte[] _bytes;

    /// <summary>Makes an encoder under keys of a purpose.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="pass">Index of the pass.</param>
    /// <param name="keys">The project's keys.</param>
    /// <param name="purposePrefix">Empty, or <see cref="KeyPurpose.SelfTest"/>.</param>
    public BlockKeyEncoder(LinkageSchema schema, int pass, KeyTree keys, string purposePrefix = "")
    {
        _parts = KeyPart.Compile(schema, pass);
        _text = new char[_parts.Length * PartCapacity];
        _bytes = new byte[Encoding.UTF8.GetMaxByteCount(_text.Length)];
        byte[] key = keys.Derive(purposePrefix + KeyPurpose.Block, "", schema.Passes[pass].Name);
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Derives the block key of a record.</summary>
    /// <param name="values">The record's normal forms.</param>
    /// <param name="digest">Receives <see cref="DigestLength"/> bytes.</param>
    /// <returns>False when a part is missing: the record has no key in this pass.</returns>
    public bool TryEncode(NormalizedRecord values, Span<byte> digest)
    {
        int length = 0;
        foreach (KeyPart part in _parts)
        {
            int written = Derive(part, values, _text.AsSpan(length, PartCapacity - 1));
            if (written == 0)
            {
                return false;
            }

            length += written;
            _text[length++] = PartEnd;
        }

        int bytes = Encoding.UTF8.GetBytes(_text.AsSpan(0, length), _bytes);
        _hmac.AppendData(_bytes.AsSpan(0, bytes));
        _hmac.GetHashAndReset(digest);
        return true;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_text.AsSpan()));
        CryptographicOperations.ZeroMemory(_bytes);
        _hmac.Dispose();
    }

    private static int Derive(KeyPart part, NormalizedRecord values, Span<char> destination) =>
        part.Kind == DerivationKind.NS
            ? KeyDerivations.DeriveSortedSoundex(values[part.Field], values[part.SecondField], destination)
            : KeyDerivations.Derive(part.Kind, values[part.Field], destination);
}
