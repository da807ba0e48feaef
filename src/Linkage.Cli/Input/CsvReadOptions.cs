using System.Buffers;

namespace Linkage.Cli.Input;

/// <summary>What a CSV file does not say of itself.</summary>
internal sealed record CsvReadOptions
{
    // Letters and digits would cut words; the quote and the line ends have a meaning of their own.
    private static readonly SearchValues<char> NotDelimiters =
        SearchValues.Create("\0\r\n\"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Detected delimiter, UTF-8.</summary>
    public static CsvReadOptions Default { get; } = new();

    /// <summary>The delimiter; null, the default, detects one of comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The text encoding's name, such as "windows-1252"; null, the default, is UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>True for a file of this tool, in which a header row without data rows is an answer too.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>Whether a character can separate cells.</summary>
    /// <param name="delimiter">The character.</param>
    /// <returns>True for an ASCII character that is no letter, digit, quote, line end or NUL.</returns>
    public static bool IsDelimiter(char delimiter) => char.IsAscii(delimiter) && !NotDelimiters.Contains(delimiter);
}
