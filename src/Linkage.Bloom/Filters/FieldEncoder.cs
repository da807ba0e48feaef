using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Hashing;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tokens;

namespace Linkage.Bloom.Filters;

/// <summary>
/// Turns a field's normal form into its base encoding: a filter, or the keyed digest of an equality tag.
/// </summary>
/// <remarks>Not thread-safe; holds plaintext tokens until disposed.</remarks>
internal sealed class FieldEncoder : IDisposable
{
    /// <summary>Bytes of a tag's digest.</summary>
    public const int DigestLength = CounterCipher.BlockLength;

    private const int TokensKept = 1 << 16;

    private readonly FieldSchema _field;
    private readonly TokenTable? _table;
    private readonly IncrementalHash? _tagHmac;
    private readonly TokenBuffer _tokens = new();

    /// <summary>Makes an encoder under keys of a purpose.</summary>
    /// <param name="field">The field.</param>
    /// <param name="keys">The project's keys.</param>
    /// <param name="purposePrefix">Empty, or <see cref="KeyPurpose.SelfTest"/>.</param>
    public FieldEncoder(FieldSchema field, KeyTree keys, string purposePrefix = "")
    {
        _field = field;
        string purpose = purposePrefix + (field.IsTag ? KeyPurpose.TagValue : KeyPurpose.Token);
        byte[] key = keys.Derive(purpose, field.KeyName, "");
        if (field.IsTag)
        {
            _tagHmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        }
        else
        {
            _table = new TokenTable(key, TokensKept);
        }

        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Bytes of a field's base encoding.</summary>
    public static int BaseLength(FieldSchema field) => field.IsTag ? DigestLength : BaseFilter.ByteLength;

    /// <summary>Encodes a normal form.</summary>
    /// <param name="normalized">The normal form.</param>
    /// <param name="destination"><see cref="BaseLength"/> bytes; zeroed when there is nothing to encode.</param>
    /// <returns>False when the value is missing.</returns>
    public bool TryEncode(ReadOnlySpan<char> normalized, Span<byte> destination)
    {
        destination.Clear();
        if (normalized.IsEmpty)
        {
            return false;
        }

        return _table is null ? EncodeTag(normalized, destination) : EncodeFilter(normalized, destination);
    }

    public void Dispose()
    {
        _tokens.Clear();
        _table?.Dispose();
        _tagHmac?.Dispose();
    }

    private bool EncodeFilter(ReadOnlySpan<char> normalized, Span<byte> destination)
    {
        _tokens.Clear();
        FieldTokenizer.Tokenize(_field.Kind, _field.Tokens, _field.Q, normalized, _tokens);
        if (_tokens.Count == 0)
        {
            return false;
        }

        BaseFilter.Build(_tokens, _table!, _field.Weight, destination);
        return true;
    }

    private bool EncodeTag(ReadOnlySpan<char> normalized, Span<byte> destination)
    {
        Span<byte> text = stackalloc byte[Encoding.UTF8.GetMaxByteCount(normalized.Length)];
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        int length = Encoding.UTF8.GetBytes(normalized, text);
        _tagHmac!.AppendData(text[..length]);
        _tagHmac.GetHashAndReset(digest);
        digest[..DigestLength].CopyTo(destination);
        CryptographicOperations.ZeroMemory(text);
        return true;
    }
}
