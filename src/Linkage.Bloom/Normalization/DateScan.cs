namespace Linkage.Bloom.Normalization;

/// <summary>The parts found in a cell that should hold a date: at most three, counting a month's name.</summary>
/// <remarks>
/// Words that are no month are passed over: weekdays, the letters of ordinals, the T before a time.
/// </remarks>
internal readonly ref struct DateScan
{
    private const int ShortestMonthName = 3;
    private const string MonthNumbers = "010203040506070809101112";

    private static readonly string[] MonthNames =
    [
        "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER",
        "DECEMBER",
    ];

    /// <summary>Scans a folded cell, up to the third part or to eight digits in front.</summary>
    public DateScan(ReadOnlySpan<char> folded)
    {
        int i = 0;
        while (i < folded.Length && Count < 3 && !(Count == 1 && First.Length == DateForm.Length))
        {
            ReadOnlySpan<char> rest = folded[i..];
            if (char.IsAsciiDigit(rest[0]))
            {
                ReadOnlySpan<char> number = rest[..LengthOfRun(rest, '0', '9')];
                int numbers = Count - (Month.IsEmpty ? 0 : 1);
                First = numbers == 0 ? number : First;
                Second = numbers == 1 ? number : Second;
                Third = numbers == 2 ? number : Third;
                Count++;
                i += number.Length;
            }
            else if (char.IsAsciiLetterUpper(rest[0]))
            {
                ReadOnlySpan<char> word = rest[..LengthOfRun(rest, 'A', 'Z')];
                if (Month.IsEmpty)
                {
                    Month = FindMonth(word);
                    Count += Month.IsEmpty ? 0 : 1;
                }

                i += word.Length;
            }
            else
            {
                i++;
            }
        }

        Rest = folded[i..];
    }

    /// <summary>The number of parts found.</summary>
    public int Count { get; }

    /// <summary>The first number.</summary>
    public ReadOnlySpan<char> First { get; }

    /// <summary>The second number.</summary>
    public ReadOnlySpan<char> Second { get; }

    /// <summary>The third number.</summary>
    public ReadOnlySpan<char> Third { get; }

    /// <summary>The two digits of the month that was given by name; empty if none was.</summary>
    public ReadOnlySpan<char> Month { get; }

    /// <summary>What follows the parts.</summary>
    public ReadOnlySpan<char> Rest { get; }

    /// <summary>Finds the month of an English name, whole or cut after at least three letters.</summary>
    /// <returns>The two digits of the month; empty if it is none.</returns>
    private static ReadOnlySpan<char> FindMonth(ReadOnlySpan<char> word)
    {
        if (word.Length < ShortestMonthName)
        {
            return [];
        }

        for (int i = 0; i < MonthNames.Length; i++)
        {
            if (MonthNames[i].AsSpan().StartsWith(word, StringComparison.Ordinal))
            {
                return MonthNumbers.AsSpan(2 * i, 2);
            }
        }

        return [];
    }

    private static int LengthOfRun(ReadOnlySpan<char> text, char first, char last)
    {
        int length = text.IndexOfAnyExceptInRange(first, last);
        return length < 0 ? text.Length : length;
    }
}
