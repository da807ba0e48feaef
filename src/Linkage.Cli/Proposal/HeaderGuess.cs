using System.Text;

namespace Linkage.Cli.Proposal;

/// <summary>Guesses from a column's header what the column is about.</summary>
internal static class HeaderGuess
{
    private const string TruthPrefix = "truth_";

    // Accented letters and what they count as; header words are compared without accents.
    private const string Accented = "àáâãäåāąçćčďèéêëēęěìíîïłñńňòóôõöøőřśšťùúûüūůűýźżž";
    private const string Plain = "aaaaaaaacccdeeeeeeeiiiilnnnooooooorsstuuuuuuuyzzz";

    /// <summary>Guesses.</summary>
    /// <param name="header">The column's name.</param>
    /// <returns>The meaning; <see cref="ColumnMeaning.Unknown"/> when no word is in the tables.</returns>
    public static ColumnMeaning Guess(string header)
    {
        if (header.StartsWith(TruthPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return ColumnMeaning.Truth;
        }

        string[] words = Split(header);
        if (HeaderWords.Whole.TryGetValue(string.Concat(words), out ColumnMeaning whole))
        {
            return whole;
        }

        HashSet<ColumnMeaning> found = [.. words.Select(MeaningOf)];
        AddPhrases(words, found);
        return Combine(words, found);
    }

    private static ColumnMeaning MeaningOf(string word) => HeaderWords.Words.GetValueOrDefault(word);

    // What two words mean together.
    private static void AddPhrases(string[] words, HashSet<ColumnMeaning> found)
    {
        bool name = Has("name", "names");
        Add(ColumnMeaning.GivenName, Has("first") && (name || found.Contains(ColumnMeaning.FamilyName)));
        Add(ColumnMeaning.FamilyName, Has("last", "family") && name);
        Add(ColumnMeaning.LastFour, Has("4", "four") && (Has("last") || found.Contains(ColumnMeaning.Identifier)));
        Add(ColumnMeaning.Identifier, Has("soc", "social") && Has("sec", "security"));
        Add(ColumnMeaning.Identifier, Has("national", "tax", "insurance") && Has("id", "number", "no"));
        Add(ColumnMeaning.HouseNumber, Has("house") && found.Contains(ColumnMeaning.RecordId));
        Add(ColumnMeaning.Email, Has("e") && Has("mail"));
        Add(ColumnMeaning.Postcode, Has("post") && Has("code"));

        bool Has(params ReadOnlySpan<string> any)
        {
            foreach (string word in any)
            {
                if (words.Contains(word))
                {
                    return true;
                }
            }

            return false;
        }

        void Add(ColumnMeaning meaning, bool holds)
        {
            if (holds)
            {
                found.Add(meaning);
            }
        }
    }

    private static ColumnMeaning Combine(string[] words, HashSet<ColumnMeaning> found)
    {
        ColumnMeaning first = HeaderWords.Order.FirstOrDefault(found.Contains);
        return first switch
        {
            ColumnMeaning.GivenName when found.Contains(ColumnMeaning.FamilyName) => ColumnMeaning.FullName,
            ColumnMeaning.BirthDate when found.Overlaps(
                [ColumnMeaning.Place, ColumnMeaning.State, ColumnMeaning.Country]) => ColumnMeaning.BirthPlace,
            ColumnMeaning.BirthDate when words.Contains("year") => ColumnMeaning.BirthYear,
            ColumnMeaning.BirthDate when words.Contains("month") || words.Contains("day") => ColumnMeaning.BirthPart,
            ColumnMeaning.Postcode when found.Contains(ColumnMeaning.Address) && words.Contains("postal")
                && !found.Contains(ColumnMeaning.RecordId) => ColumnMeaning.Address,
            ColumnMeaning.Address when found.Contains(ColumnMeaning.RecordId) => ColumnMeaning.HouseNumber,
            ColumnMeaning.Address when words.Contains("2") || words.Contains("3") => ColumnMeaning.AddressDetail,
            _ => first,
        };
    }

    // Words end at separators, before a capital after a small letter, and between letters and digits.
    private static string[] Split(string header)
    {
        List<string> words = [];
        StringBuilder word = new();
        char last = ' ';
        foreach (char c in header)
        {
            bool camel = char.IsUpper(c) && char.IsLower(last);
            if (!char.IsLetterOrDigit(c) || camel || char.IsDigit(c) != char.IsDigit(last))
            {
                End();
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Append(Fold(char.ToLowerInvariant(c)));
            }

            last = c;
        }

        End();
        return [.. words];

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static string Fold(char c) => c switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => (Accented.IndexOf(c, StringComparison.Ordinal) is int i and >= 0 ? Plain[i] : c).ToString(),
    };
}
