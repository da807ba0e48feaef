using System.Buffers;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Looks at an agency's reference of a case before it leaves for a unit's audit log.</summary>
internal static class CaseReferences
{
    private const int Longest = 64;
    private const int ShortestWord = 3;
    private const int ShortestNumber = 6;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Whether a text can be a reference.</summary>
    public static bool IsReference(string text) =>
        text.Length is > 0 and <= Longest && !text.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>Whether a reference gives away who the client is.</summary>
    /// <remarks>
    /// One word in common may be chance (there are people named Case); two words, or a number as long as a date, are
    /// not.
    /// </remarks>
    /// <param name="reference">The reference.</param>
    /// <param name="values">The values of the client's record.</param>
    public static bool Names(string reference, IEnumerable<string> values)
    {
        HashSet<string> words = new(WordsOf(reference), StringComparer.OrdinalIgnoreCase);
        string digits = DigitsOf(reference);
        HashSet<string> common = new(StringComparer.OrdinalIgnoreCase);
        foreach (string value in values)
        {
            common.UnionWith(WordsOf(value).Where(words.Contains));
            string number = DigitsOf(value);
            if (number.Length >= ShortestNumber && digits.Contains(number, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return common.Count > 1;
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetter(text[i]))
            {
                continue;
            }

            if (i - start >= ShortestWord)
            {
                yield return text[start..i];
            }

            start = i + 1;
        }
    }

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
