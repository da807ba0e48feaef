using System.Buffers;
using System.Globalization;

namespace Linkage.Cli.Output;

/// <summary>A record's handle as text: exactly 32 lower-case hexadecimal digits.</summary>
internal static class HandleText
{
    /// <summary>The number of characters.</summary>
    public const int Length = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads a handle.</summary>
    /// <param name="text">The text.</param>
    /// <param name="handle">The handle; zero when there is none.</param>
    /// <returns>False unless the text is 32 digits, none of them upper-case.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 handle)
    {
        handle = default;
        return text.Length == Length
            && !text.ContainsAnyExcept(Digits)
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out handle);
    }
}
