using Linkage.Synthetic.Randomness;

namespace Linkage.Synthetic.Agencies;

/// <summary>Slips of the hand in upper-case words and in digits. Every slip changes the text. Stateless.</summary>
internal static class Typist
{
    private const int PhoneticTries = 4;

    private static readonly string[] KeyRows = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];
    private static readonly string[] Neighbours = [.. Enumerable.Range('A', 26).Select(key => NeighboursOf((char)key))];

    // Spellings that sound alike in English or Spanish; applied after the first letter only.
    private static readonly (string Heard, string Written)[] SoundAlikes =
    [
        ("PH", "F"), ("F", "PH"), ("IE", "EI"), ("EI", "IE"), ("EY", "Y"), ("Y", "IE"), ("IE", "Y"), ("CK", "K"),
        ("C", "K"), ("K", "C"), ("LL", "L"), ("L", "LL"), ("NN", "N"), ("N", "NN"), ("TT", "T"), ("T", "TT"),
        ("SS", "S"), ("S", "Z"), ("Z", "S"), ("AE", "A"), ("EA", "EE"), ("SON", "SEN"), ("SEN", "SON"), ("V", "B"),
        ("J", "G"), ("X", "KS"), ("OU", "U"), ("AI", "AY"), ("AY", "AI"), ("ER", "AR"), ("E", ""), ("H", ""),
    ];

    /// <summary>A word with one slip: heard wrongly, or a letter left out, added, missed or exchanged.</summary>
    internal static string Misspell(Xoshiro256 random, string word)
    {
        if (word.Length < 3)
        {
            return word.Length == 0 ? word : word + word[^1];
        }

        if (random.Chance(0.3) && TryMishear(random, word, out string heard))
        {
            return heard;
        }

        // First letters are seldom wrong.
        int at = random.Chance(0.93) ? random.Between(1, word.Length - 1) : 0;
        double kind = random.Unit();
        return kind switch
        {
            < 0.30 => word.Remove(at, 1),
            < 0.50 => word.Insert(at, random.Chance(0.6) ? word.Substring(at, 1) : Neighbour(random, word[at])),
            < 0.75 => word.Remove(at, 1).Insert(at, Neighbour(random, word[at])),
            _ => Transpose(word, at),
        };
    }

    /// <summary>Digits with one of them wrong, or two neighbours exchanged; other characters stay.</summary>
    internal static string MistypeDigit(Xoshiro256 random, string digits)
    {
        int at = DigitAt(digits, random.Below(digits.Count(char.IsAsciiDigit)));
        char old = digits[at];
        bool canSwap = at + 1 < digits.Length && char.IsAsciiDigit(digits[at + 1]) && digits[at + 1] != old;
        if (canSwap && random.Chance(0.35))
        {
            return digits.Remove(at, 1).Insert(at + 1, old.ToString());
        }

        char wrong = (char)('0' + ((old - '0' + random.Between(1, 9)) % 10));
        return digits.Remove(at, 1).Insert(at, wrong.ToString());
    }

    private static bool TryMishear(Xoshiro256 random, string word, out string heard)
    {
        for (int i = 0; i < PhoneticTries; i++)
        {
            (string sound, string written) = random.Pick<(string, string)>(SoundAlikes);
            int at = word.IndexOf(sound, 1, StringComparison.Ordinal);
            if (at > 0)
            {
                heard = word.Remove(at, sound.Length).Insert(at, written);
                return true;
            }
        }

        heard = word;
        return false;
    }

    // Exchanges with the next letter that differs; a word of one letter only is lengthened.
    private static string Transpose(string word, int at)
    {
        for (int i = 0; i < word.Length - 1; i++)
        {
            int left = (at + i) % (word.Length - 1);
            if (word[left] != word[left + 1])
            {
                return word.Remove(left, 1).Insert(left + 1, word[left].ToString());
            }
        }

        return word + word[^1];
    }

    private static string Neighbour(Xoshiro256 random, char key)
    {
        string near = char.IsAsciiLetterUpper(key) ? Neighbours[key - 'A'] : "AEIOU";
        return near[random.Below(near.Length)].ToString();
    }

    // Keys touch on a staggered board: each row stands half a key to the right of the row above.
    private static string NeighboursOf(char key)
    {
        int row = Array.FindIndex(KeyRows, keys => keys.Contains(key, StringComparison.Ordinal));
        int place = KeyRows[row].IndexOf(key, StringComparison.Ordinal);
        (int Row, int Place)[] around =
        [
            (row, place - 1), (row, place + 1),
            (row - 1, place), (row - 1, place + 1),
            (row + 1, place - 1), (row + 1, place),
        ];
        return string.Concat(around
            .Where(spot => spot.Row >= 0 && spot.Row < KeyRows.Length)
            .Where(spot => spot.Place >= 0 && spot.Place < KeyRows[spot.Row].Length)
            .Select(spot => KeyRows[spot.Row][spot.Place]));
    }

    private static int DigitAt(string text, int ordinal)
    {
        int at = 0;
        while (!char.IsAsciiDigit(text[at]) || ordinal-- > 0)
        {
            at++;
        }

        return at;
    }
}
