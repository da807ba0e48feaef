namespace Linkage.Bloom.Normalization;

/// <summary>The normal form of a date: eight characters, YYYYMMDD, with question marks in unknown places.</summary>
internal static class DateForm
{
    /// <summary>The length of a date whose digits have found their places.</summary>
    public const int Length = 8;

    /// <summary>Stands where a digit is not known: the century of a two-digit year, an absent part.</summary>
    public const char Unknown = '?';

    // A month and a day read as a year give at most 1231, so from here on a reading of eight digits is no accident.
    private const int EarliestPlausibleYear = 1300;

    /// <summary>Reads a date from one cell that holds at least one digit.</summary>
    /// <param name="folded">The folded cell.</param>
    /// <param name="order">The order of the parts where the first has no four digits.</param>
    /// <param name="destination">At least as long as the folded cell, and at least <see cref="Length"/>.</param>
    /// <param name="valid">Whether the digits could be placed and the date exists.</param>
    /// <returns><see cref="Length"/> when the digits could be placed, else the number of digits.</returns>
    public static int Parse(ReadOnlySpan<char> folded, DateOrder order, Span<char> destination, out bool valid)
    {
        folded = folded.Trim(' ');
        if (IsNormalWithUnknowns(folded))
        {
            folded.CopyTo(destination);
            valid = Exists(folded);
            return Length;
        }

        DateScan scan = new(folded);
        if (TryPlace(scan, order, destination))
        {
            valid = Exists(destination[..Length]);
            return Length;
        }

        int digits = 0;
        foreach (char c in folded)
        {
            if (char.IsAsciiDigit(c))
            {
                destination[digits++] = c;
            }
        }

        valid = digits == Length && PlaceUndelimited(destination[..Length], order);
        return digits;
    }

    /// <summary>Whether a date of eight places can exist; an unknown place is given the benefit of the doubt.</summary>
    public static bool Exists(ReadOnlySpan<char> date)
    {
        int month = ToNumber(date.Slice(4, 2));
        int day = ToNumber(date.Slice(6, 2));
        return date[..4] is not "0000" && month is not 0 and <= 12 && day != 0 && day <= DaysInMonth(date[..4], month);
    }

    private static bool TryPlace(in DateScan scan, DateOrder order, Span<char> destination)
    {
        if (scan.Rest.ContainsAnyInRange('0', '9') && !IsTime(scan.Rest))
        {
            return false;
        }

        if (scan is { Count: 1, First.Length: Length })
        {
            scan.First.CopyTo(destination);
            PlaceUndelimited(destination[..Length], order);
            return true;
        }

        return scan.Count == 3 && TryPlaceThree(scan, order, destination);
    }

    private static bool TryPlaceThree(in DateScan scan, DateOrder order, Span<char> destination)
    {
        ReadOnlySpan<char> year = scan.First;
        ReadOnlySpan<char> month = scan.Second;
        ReadOnlySpan<char> day = scan.Third;
        if (!scan.Month.IsEmpty)
        {
            // With the month's name taken out, First and Second are the two numbers in the order they came.
            bool yearFirst = year.Length == 4 || (month.Length != 4 && order == DateOrder.YearMonthDay);
            day = yearFirst ? month : year;
            year = yearFirst ? year : month;
            month = scan.Month;
        }
        else if (year.Length != 4 && order != DateOrder.YearMonthDay)
        {
            year = scan.Third;
            day = order == DateOrder.DayMonthYear ? scan.First : scan.Second;
            month = order == DateOrder.DayMonthYear ? scan.Second : scan.First;
        }

        if (!HasPartLength(year, DatePart.Year) || !HasPartLength(month, DatePart.Month)
            || !HasPartLength(day, DatePart.Day))
        {
            return false;
        }

        WritePart(year, DatePart.Year, destination);
        WritePart(month, DatePart.Month, destination);
        WritePart(day, DatePart.Day, destination);
        return true;
    }

    // The order is that of the source, but eight digits that exist only as year, month, day are taken as such: a
    // four-digit year in front always means this order.
    private static bool PlaceUndelimited(Span<char> digits, DateOrder order)
    {
        if (order == DateOrder.YearMonthDay)
        {
            return Exists(digits);
        }

        Span<char> turned = stackalloc char[Length];
        digits[4..].CopyTo(turned);
        digits.Slice(order == DateOrder.DayMonthYear ? 2 : 0, 2).CopyTo(turned[4..]);
        digits.Slice(order == DateOrder.DayMonthYear ? 0 : 2, 2).CopyTo(turned[6..]);
        if (!IsPlausible(turned) && IsPlausible(digits))
        {
            return true;
        }

        turned.CopyTo(digits);
        return Exists(digits);
    }

    private static bool IsPlausible(ReadOnlySpan<char> date) =>
        ToNumber(date[..4]) >= EarliestPlausibleYear && Exists(date);

    // Of the form that two-digit years and dates in parts have: whole parts unknown, never half of one.
    private static bool IsNormalWithUnknowns(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.Contains(Unknown) || !text.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        for (int i = 0; i < Length; i += 2)
        {
            bool known = char.IsAsciiDigit(text[i]) && char.IsAsciiDigit(text[i + 1]);
            bool unknown = text[i] == Unknown && text[i + 1] == Unknown;
            if (!known && !unknown)
            {
                return false;
            }
        }

        return text[0] == Unknown || text[2] != Unknown;
    }

    private static bool IsTime(ReadOnlySpan<char> rest)
    {
        if (rest.Length > 1 && rest[0] == 'T' && char.IsAsciiDigit(rest[1]))
        {
            return true;
        }

        int hour = rest.IndexOfAnyInRange('0', '9');
        int colon = rest.IndexOf(':');
        return colon > hour && colon - hour <= 2 && !rest[..hour].ContainsAnyExcept(" ,T");
    }

    private static bool HasPartLength(ReadOnlySpan<char> digits, DatePart part) =>
        part == DatePart.Year ? digits.Length is 2 or 4 : digits.Length is 1 or 2;

    private static void WritePart(ReadOnlySpan<char> digits, DatePart part, Span<char> destination)
    {
        Span<char> places = part switch
        {
            DatePart.Year => destination[..4],
            DatePart.Month => destination.Slice(4, 2),
            _ => destination.Slice(6, 2),
        };
        int lead = places.Length - digits.Length;
        places[..lead].Fill(part == DatePart.Year ? Unknown : '0');
        digits.CopyTo(places[lead..]);
    }

    // Gives -1 for a number with unknown places.
    private static int ToNumber(ReadOnlySpan<char> digits)
    {
        int number = 0;
        foreach (char c in digits)
        {
            if (c == Unknown)
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }

    private static int DaysInMonth(ReadOnlySpan<char> year, int month) => month switch
    {
        4 or 6 or 9 or 11 => 30,
        2 => IsLeap(year) ? 29 : 28,
        _ => 31,
    };

    private static bool IsLeap(ReadOnlySpan<char> year)
    {
        int inCentury = ToNumber(year[2..]);
        int century = ToNumber(year[..2]);
        return inCentury < 0 || (inCentury % 4 == 0 && (inCentury != 0 || century < 0 || century % 4 == 0));
    }
}
