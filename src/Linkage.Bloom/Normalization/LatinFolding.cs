namespace Linkage.Bloom.Normalization;

/// <summary>Folds text to upper case without diacritics, by tables of our own.</summary>
/// <remarks>
/// The machine's culture, ICU and Unicode version have no say, because two owners must get the same characters:
/// <c>string.Normalize</c> does nothing at all where globalization is invariant. Letters become A to Z where they can;
/// Greek and Cyrillic become their upper-case base letters; other letters stay. ASCII punctuation stays for the caller
/// to judge, every other punctuation and every control character becomes a space, marks and invisible characters go.
/// So a folded character from U+0080 on is always part of a word.
/// </remarks>
internal static partial class LatinFolding
{
    private const char Dropped = '_';
    private const char TwoLetters = '&';

    /// <summary>Folds a text.</summary>
    /// <param name="raw">Any text, lone surrogates included; they are dropped.</param>
    /// <param name="destination">Takes the folded text; what does not fit is left out.</param>
    /// <param name="cut">Whether something was left out.</param>
    /// <returns>The number of characters written.</returns>
    public static int Fold(ReadOnlySpan<char> raw, Span<char> destination, out bool cut)
    {
        int length = 0;
        Span<char> two = stackalloc char[2];
        for (int i = 0; i < raw.Length; i++)
        {
            char c = raw[i];
            if (c < 0x80)
            {
                if (length == destination.Length)
                {
                    cut = true;
                    return length;
                }

                destination[length++] = FoldAscii(c);
                continue;
            }

            ReadOnlySpan<char> folded = FoldBeyondAscii(raw, i, two);
            if (!folded.TryCopyTo(destination[length..]))
            {
                cut = true;
                return length;
            }

            length += folded.Length;
            i += char.IsHighSurrogate(c) && folded.Length == 2 ? 1 : 0;
        }

        cut = false;
        return length;
    }

    /// <summary>Whether a folded character is part of a word: a letter or a digit of any script.</summary>
    public static bool IsWordCharacter(char folded) => folded >= 0x80 || char.IsAsciiLetterOrDigit(folded);

    private static ReadOnlySpan<char> FoldBeyondAscii(ReadOnlySpan<char> raw, int index, Span<char> two)
    {
        char c = raw[index];
        if (char.IsSurrogate(c))
        {
            bool paired = index + 1 < raw.Length && char.IsSurrogatePair(c, raw[index + 1]);
            return paired ? raw.Slice(index, 2) : [];
        }

        if (c is >= '\uFF01' and <= '\uFF5E')
        {
            two[0] = FoldAscii((char)(c - 0xFEE0)); // full-width ASCII
            return two[..1];
        }

        char mapped = Map(c);
        if (mapped == TwoLetters)
        {
            return Digraph(c);
        }

        two[0] = mapped;
        return mapped == Dropped ? [] : two[..1];
    }

    private static char FoldAscii(char c)
    {
        if (char.IsAsciiLetterLower(c))
        {
            return (char)(c - 0x20);
        }

        return c is < ' ' or '\u007F' ? ' ' : c;
    }

    private static char Map(char c)
    {
        if (c < LatinStart + Latin.Length)
        {
            return Latin[c - LatinStart];
        }

        if (c < GreekAndCyrillicStart)
        {
            return Dropped; // U+0300 to U+036F: the combining marks
        }

        if (c < GreekAndCyrillicStart + GreekAndCyrillic.Length)
        {
            return GreekAndCyrillic[c - GreekAndCyrillicStart];
        }

        if (c >= ExtendedAdditionalStart && c < ExtendedAdditionalStart + ExtendedAdditional.Length)
        {
            return ExtendedAdditional[c - ExtendedAdditionalStart];
        }

        if (c >= ExtendedCStart && c < ExtendedCStart + ExtendedC.Length)
        {
            return ExtendedC[c - ExtendedCStart];
        }

        return MapElsewhere(c);
    }

    private static char MapElsewhere(char c) => c switch
    {
        >= '\u0660' and <= '\u0669' => (char)('0' + (c - '\u0660')),
        >= '\u06F0' and <= '\u06F9' => (char)('0' + (c - '\u06F0')),
        '\u2018' or '\u2019' or '\u201B' or '\u2032' or '\u2035' or '\uA78B' or '\uA78C' => '\'',
        '\u2024' or '\u2027' => '.',
        >= '\u2010' and <= '\u2015' or '\u2212' => '-',
        '\u2070' or >= '\u2074' and <= '\u2079' => (char)('0' + (c - '\u2070')),
        >= '\u2080' and <= '\u2089' => (char)('0' + (c - '\u2080')),
        '\u2126' => '\u03A9', // ohm sign
        '\u212A' => 'K', // kelvin sign
        '\u212B' => 'A', // angstrom sign
        >= '\uFB00' and <= '\uFB06' => TwoLetters,
        _ when IsInRanges(DroppedRanges, c) => Dropped,
        _ when IsInRanges(SeparatorRanges, c) => ' ',
        _ => c,
    };

    private static bool IsInRanges(string ranges, char c)
    {
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (c <= ranges[i + 1])
            {
                return c >= ranges[i];
            }
        }

        return false;
    }
}
