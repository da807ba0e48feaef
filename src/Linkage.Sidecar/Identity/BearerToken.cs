using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Linkage.Sidecar.Identity;

/// <summary>A bearer token: 256 random bits, written in 43 characters of base64url.</summary>
internal static class BearerToken
{
    /// <summary>The number of characters.</summary>
    public const int TextLength = 43;

    private const int Length = 32;

    /// <summary>Makes a token; only its hash is kept, so what is returned exists nowhere else.</summary>
    /// <param name="party">The name of whoever will hold it.</param>
    /// <param name="role">Exactly one role.</param>
    /// <param name="expires">From when on it is refused.</param>
    /// <returns>The token's text, a secret, and what is kept of it.</returns>
    public static (string Text, TokenRecord Record) Create(string party, CallerRoles role, DateTimeOffset expires)
    {
        Span<byte> token = stackalloc byte[Length];
        RandomNumberGenerator.Fill(token);
        string text = Base64Url.EncodeToString(token);
        byte[] hash = SHA256.HashData(token);
        CryptographicOperations.ZeroMemory(token);
        return (text, new TokenRecord(hash, party, role, expires, Revoked: null));
    }

    /// <summary>The hash by which a token is looked up.</summary>
    /// <param name="text">What was presented, token or not.</param>
    /// <param name="hash">32 bytes; of a malformed text the hash of its characters, which belongs to no token.</param>
    /// <returns>False for a malformed text.</returns>
    public static bool TryHash(ReadOnlySpan<char> text, Span<byte> hash)
    {
        Span<byte> token = stackalloc byte[Length];
        // The last character carries two bits of padding; more than one text must not mean one token.
        bool isWellFormed = text.Length == TextLength
            && Base64Url.DecodeFromChars(text, token, out _, out int written) == OperationStatus.Done
            && written == Length
            && IsCanonical(text[^1]);
        if (isWellFormed)
        {
            SHA256.HashData(token, hash);
        }
        else
        {
            SHA256.HashData(MemoryMarshal.AsBytes(text), hash);
        }

        CryptographicOperations.ZeroMemory(token);
        return isWellFormed;
    }

    private static bool IsCanonical(char last) => "AEIMQUYcgkosw048".Contains(last, StringComparison.Ordinal);
}
