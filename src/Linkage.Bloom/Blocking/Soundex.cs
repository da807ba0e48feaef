namespace Linkage.Bloom.Blocking;

/// <summary>The Soundex code of a name.</summary>
/// <remarks>
/// The rule of the US National Archives ("The Soundex Indexing System"): the first letter, then the digits of the
/// following consonants, without a repeated neighbor, cut or filled up with zeros to three. A vowel between two equal
/// codes keeps both; H and W do not.
/// </remarks>
internal static class Soundex
{
    /// <summary>The length of a code.</summary>
    public const int Length = 4;

    private const char Vowel = '0';
    private const char Silent = '-';

    // One place for each letter from A to Z.
    private const string Codes = "01230120022455012623010202";

    /// <summary>Writes the code of one word.</summary>
    /// <param name="word">A word in upper case; characters other than A to Z are passed over.</param>
    /// <param name="destination">At least <see cref="Length"/> characters.</param>
    /// <returns>Whether the word holds a letter from A to Z and so has a code.</returns>
    public static bool TryEncode(ReadOnlySpan<char> word, Span<char> destination)
    {
        int first = word.IndexOfAnyInRange('A', 'Z');
        if (first < 0)
        {
            return false;
        }

        destination[0] = word[first];
        int length = 1;
        char previous = CodeOf(word[first]);
        foreach (char c in word[(first + 1)..])
        {
            char code = char.IsAsciiLetterUpper(c) ? CodeOf(c) : Silent;
            if (code == Silent)
            {
                continue;
            }

            if (code != Vowel && code != previous)
            {
                destination[length++] = code;
                if (length == Length)
                {
                    return true;
                }
            }

            previous = code;
        }

        destination[length..Length].Fill('0');
        return true;
    }

    private static char CodeOf(char letter) => letter is 'H' or 'W' ? Silent : Codes[letter - 'A'];
}
