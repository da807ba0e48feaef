using System.Buffers;
using System.Security.Cryptography;

namespace Linkage.Sidecar.Storage;

/// <summary>Names the store gives: random, so that they tell nothing and cannot be guessed.</summary>
internal static class StoreIds
{
    private const int HexDigits = 32;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdef");

    /// <summary>A new name of 128 random bits.</summary>
    public static string Create() => RandomNumberGenerator.GetHexString(HexDigits, lowercase: true);

    /// <summary>Whether a file's name is one the store could have given.</summary>
    public static bool IsId(ReadOnlySpan<char> text) => text.Length == HexDigits && !text.ContainsAnyExcept(Allowed);
}
