using System.Globalization;

namespace Linkage.Cli.Proposal;

/// <summary>What a single cell looks like.</summary>
internal static class ValueShapes
{
    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Whether a cell looks like a date: three numbers, eight digits, or a month's name.</summary>
    /// <remarks>A year may be impossible by a typing error, so any four digits count as one.</remarks>
    public static bool IsDate(ReadOnlySpan<char> cell)
    {
        Span<int> numbers = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        int runs = Runs(cell, numbers, lengths);
        if (runs == 1 && lengths[0] == 8)
        {
            (int front, int back) = (numbers[0] / 10_000, numbers[0] % 10_000);
            return IsDayAndMonth(front / 100, front % 100) || IsDayAndMonth(back / 100, back % 100);
        }

        if (runs >= 2 && NamesMonth(cell))
        {
            return true;
        }

        bool yearFirst = lengths[0] == 4;
        bool shortParts = lengths[1] <= 2 && (yearFirst ? lengths[2] <= 2 : lengths[0] <= 2 && lengths[2] is 2 or 4);
        return runs == 3 && shortParts
            && (IsDayAndMonth(numbers[0], numbers[1]) || IsDayAndMonth(numbers[1], numbers[2]));
    }

    /// <summary>Whether normalization understands a cell as a sex: 1, 2, 3 or a word with M, F, X in front.</summary>
    public static bool IsSex(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> word = cell.Trim();
        return word.Length is > 0 and <= 12
            && (word[0] is 'm' or 'M' or 'f' or 'F' or 'x' or 'X' || word is "1" or "2" or "3");
    }

    /// <summary>Whether a cell is a number with a decimal point between digits.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        int point = cell.IndexOfAny('.', ',');
        return point > 0 && point < cell.Length - 1
            && !cell[..point].ContainsAnyExceptInRange('0', '9')
            && !cell[(point + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Counts the letters and the decimal digits of a cell.</summary>
    public static (int Letters, int Digits) Count(ReadOnlySpan<char> cell)
    {
        int letters = 0;
        int digits = 0;
        foreach (char c in cell)
        {
            letters += char.IsLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return (letters, digits);
    }

    private static bool IsDayAndMonth(int one, int other) =>
        (one is >= 0 and <= 31 && other is >= 0 and <= 12) || (one is >= 0 and <= 12 && other is >= 0 and <= 31);

    private static bool NamesMonth(ReadOnlySpan<char> cell)
    {
        foreach (string month in Months)
        {
            if (cell.Contains(month, StringComparison.OrdinalIgnoreCase))
            {
                return cell.Length <= 30;
            }
        }

        return false;
    }

    // A time of day may follow the third run.
    private static int Runs(ReadOnlySpan<char> cell, Span<int> numbers, Span<int> lengths)
    {
        int runs = 0;
        for (int i = 0; i < cell.Length && runs < numbers.Length; i++)
        {
            if (!char.IsAsciiDigit(cell[i]))
            {
                continue;
            }

            int start = i;
            while (i < cell.Length && char.IsAsciiDigit(cell[i]))
            {
                i++;
            }

            lengths[runs] = i - start;
            bool isShort = i - start <= 8;
            numbers[runs++] = isShort ? int.Parse(cell[start..i], NumberStyles.None, CultureInfo.InvariantCulture) : -1;
        }

        return runs;
    }
}
