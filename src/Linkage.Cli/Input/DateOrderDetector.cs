using System.Globalization;
using Linkage.Bloom.Normalization;

namespace Linkage.Cli.Input;

/// <summary>Decides from a whole column of raw dates in which order it writes year, month and day.</summary>
/// <remarks>
/// A value votes when only one order can be meant: a first part of four digits, or eight digits that make a plausible
/// yyyymmdd, say year first; else a first part of 13 to 31 says day first, a second part of 13 to 31 says month first;
/// a value that no order explains votes against all. Values that fit two orders (01/02/1990), that name their month or
/// that are empty do not vote; whether one of the former two was seen is <see cref="IsNeeded"/>. Not thread-safe.
/// </remarks>
internal sealed class DateOrderDetector
{
    // One mistyped date in twenty may contradict the others.
    private const int NeededPercent = 95;
    private const int FirstYear = 1800;
    private const int LastYear = 2199;

    private readonly long[] _votes = new long[3];
    private long _decisive;
    private bool _seenOpen;

    /// <summary>Whether the values cannot all be read without knowing the order.</summary>
    /// <remarks>
    /// False when every value starts with a year of four digits, names month and full year, or is no date.
    /// </remarks>
    public bool IsNeeded => _seenOpen || _decisive > _votes[(int)DateOrder.YearMonthDay];

    /// <summary>Takes in a value.</summary>
    /// <param name="value">A raw date; a time of day after it does not matter.</param>
    public void Add(ReadOnlySpan<char> value)
    {
        Span<Part> parts = stackalloc Part[3];
        switch (Split(value.Trim(), parts))
        {
            case 0:
                _seenOpen |= NamesMonthWithoutFullYear(value);
                break;
            case 1 when parts[0].Digits == 8:
                AddEightDigits(parts[0].Number);
                break;
            case 3:
                AddThreeParts(parts);
                break;
        }
    }

    /// <summary>The order that at least 95 of 100 decisive values mean.</summary>
    /// <returns>Null when no value is decisive or the values contradict each other.</returns>
    public DateOrder? Decide()
    {
        for (int i = 0; i < _votes.Length; i++)
        {
            if (_votes[i] > 0 && _votes[i] * 100 >= _decisive * NeededPercent)
            {
                return (DateOrder)i;
            }
        }

        return null;
    }

    private void AddEightDigits(int number)
    {
        (int year, int month, int day) = (number / 10000, number / 100 % 100, number % 100);
        if (year is >= FirstYear and <= LastYear && IsMonth(month) && IsDay(day))
        {
            Vote(DateOrder.YearMonthDay);
        }
        else
        {
            AddDayAndMonth(number / 1000000, number / 10000 % 100);
        }
    }

    private void AddThreeParts(ReadOnlySpan<Part> parts)
    {
        if (parts[0].Digits == 4)
        {
            Vote(DateOrder.YearMonthDay);
        }
        else
        {
            AddDayAndMonth(parts[0].Number, parts[1].Number);
        }
    }

    private void AddDayAndMonth(int first, int second)
    {
        // Zeros stand for "unknown".
        if (first == 0 || second == 0)
        {
            return;
        }

        if (IsMonth(first) && IsMonth(second))
        {
            _seenOpen = true;
        }
        else if (IsDay(first) && IsMonth(second))
        {
            Vote(DateOrder.DayMonthYear);
        }
        else if (IsMonth(first) && IsDay(second))
        {
            Vote(DateOrder.MonthDayYear);
        }
        else
        {
            // 85-12-31 or 45/45/1990: neither part can be what the other orders need.
            _decisive++;
        }
    }

    private void Vote(DateOrder order)
    {
        _votes[(int)order]++;
        _decisive++;
    }

    // In 05-Mar-85 either number may be the year.
    private static bool NamesMonthWithoutFullYear(ReadOnlySpan<char> value)
    {
        int runs = 0;
        int length = 0;
        foreach (char c in value)
        {
            length = char.IsAsciiDigit(c) ? length + 1 : 0;
            runs += length == 1 ? 1 : 0;
            if (length == 4)
            {
                return false;
            }
        }

        return runs >= 2;
    }

    private static bool IsMonth(int number) => number is >= 1 and <= 12;

    private static bool IsDay(int number) => number is >= 1 and <= 31;

    // The first three runs of digits. A letter before the third ends the matter: the value names its month.
    private static int Split(ReadOnlySpan<char> value, Span<Part> parts)
    {
        int count = 0;
        int start = 0;
        for (int i = 0; i <= value.Length && count < parts.Length; i++)
        {
            if (i < value.Length && char.IsAsciiDigit(value[i]))
            {
                continue;
            }

            if (i > start)
            {
                ReadOnlySpan<char> run = value[start..i];
                int number = run.Length <= 8 ? int.Parse(run, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
                parts[count++] = new Part(number, run.Length);
            }

            bool isWhole = count == parts.Length || (count == 1 && parts[0].Digits == 8);
            if (!isWhole && i < value.Length && char.IsLetter(value[i]))
            {
                return 0;
            }

            start = i + 1;
        }

        return count > 0 && parts[0].Digits == 8 ? 1 : count;
    }

    private readonly record struct Part(int Number, int Digits);
}
