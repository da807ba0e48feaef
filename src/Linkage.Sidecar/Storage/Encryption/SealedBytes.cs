using System.Security.Cryptography;

namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>AES-256-GCM of a piece of bytes at its place: nonce, ciphertext, tag, one after another.</summary>
/// <remarks>
/// The nonce is 96 random bits for every sealing, so that the same place can be written twice with different content.
/// Keys are random and used for far fewer than 2^32 pieces (NIST SP 800-38D, 8.3).
/// </remarks>
internal static class SealedBytes
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>How much longer a piece is once it is sealed.</summary>
    public const int Overhead = NonceLength + TagLength;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>A new random key, on memory that is not moved.</summary>
    public static byte[] NewKey()
    {
        byte[] key = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        RandomNumberGenerator.Fill(key);
        return key;
    }

    /// <summary>Seals a piece.</summary>
    /// <param name="key">The key.</param>
    /// <param name="place">What the piece belongs to; opening takes the same.</param>
    /// <param name="content">The piece.</param>
    /// <param name="target">Filled; longer than the piece by <see cref="Overhead"/>.</param>
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> place, ReadOnlySpan<byte> content, Span<byte> target)
    {
        using AesGcm cipher = new(key, TagLength);
        RandomNumberGenerator.Fill(target[..NonceLength]);
        cipher.Encrypt(
            target[..NonceLength], content, target[NonceLength..^TagLength], target[^TagLength..], place);
    }

    /// <summary>Opens a piece.</summary>
    /// <returns>False if it was not sealed so, under this key, for this place; nothing of it is left then.</returns>
    public static bool TryOpen(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> place, ReadOnlySpan<byte> content, Span<byte> target)
    {
        using AesGcm cipher = new(key, TagLength);
        try
        {
            cipher.Decrypt(
                content[..NonceLength], content[NonceLength..^TagLength], content[^TagLength..], target, place);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
