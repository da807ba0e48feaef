namespace Linkage.Bloom.Normalization;

/// <summary>Normal forms of folded numbers: telephone numbers, short numbers, last four digits.</summary>
internal static class NumberForms
{
    private const int PhoneLength = 10;
    private const int ShortestPhone = 7;
    private const int LastFourLength = 4;

    /// <summary>
    /// Keeps the last ten digits, without country code and trunk prefix. A letter after at least seven digits ends the
    /// number: what follows is an extension.
    /// </summary>
    public static int Phone(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = 0;
        foreach (char c in folded)
        {
            if (char.IsAsciiDigit(c))
            {
                destination[length++] = c;
            }
            else if (length >= ShortestPhone && LatinFolding.IsWordCharacter(c))
            {
                break;
            }
        }

        return KeepLast(destination[..length], PhoneLength);
    }

    /// <summary>Keeps letters and digits without the zeros in front; a number of zeros alone is one zero.</summary>
    public static int Number(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = WordForms.LettersAndDigits(folded, destination);
        ReadOnlySpan<char> significant = destination[..length].TrimStart('0');
        return significant.IsEmpty ? Math.Min(length, 1) : KeepLast(destination[..length], significant.Length);
    }

    /// <summary>Keeps the last four digits; fewer are filled up with zeros in front, which spreadsheets drop.</summary>
    public static int LastFour(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = 0;
        foreach (char c in folded)
        {
            if (char.IsAsciiDigit(c))
            {
                destination[length++] = c;
            }
        }

        if (length is 0 or >= LastFourLength)
        {
            return KeepLast(destination[..length], LastFourLength);
        }

        int missing = LastFourLength - length;
        destination[..length].CopyTo(destination[missing..]);
        destination[..missing].Fill('0');
        return LastFourLength;
    }

    private static int KeepLast(Span<char> text, int count)
    {
        if (text.Length <= count)
        {
            return text.Length;
        }

        text[^count..].CopyTo(text);
        return count;
    }
}
