namespace Linkage.Cli.Owner;

/// <summary>Joins year, month and day of three columns into one text that has a single meaning.</summary>
/// <remarks>
/// A year of four digits in front is read as year, month, day whatever the file's date order. What lacks a part or has
/// a year of two digits becomes the library's form of eight characters with question marks for what is not known.
/// </remarks>
internal static class DateParts
{
    private const string Unknown = "??";

    /// <summary>Joins the parts.</summary>
    /// <param name="year">The year's cell.</param>
    /// <param name="month">The month's cell: a number or a name.</param>
    /// <param name="day">The day's cell.</param>
    /// <returns>The date; null when all cells are empty.</returns>
    public static string? Join(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day)
    {
        year = year.Trim();
        month = month.Trim();
        day = day.Trim();
        if (year.IsEmpty && month.IsEmpty && day.IsEmpty)
        {
            return null;
        }

        bool isWhole = year.Length == 4 && !month.IsEmpty && !day.IsEmpty;
        return !isWhole && YearPlaces(year) is string y && TwoPlaces(month) is string m && TwoPlaces(day) is string d
            ? y + m + d
            : $"{year}-{month}-{day}";
    }

    private static string? YearPlaces(ReadOnlySpan<char> year) => year.Length switch
    {
        _ when year.ContainsAnyExceptInRange('0', '9') => null,
        0 => Unknown + Unknown,
        2 => $"{Unknown}{year}",
        4 => year.ToString(),
        _ => null,
    };

    private static string? TwoPlaces(ReadOnlySpan<char> part) => part.Length switch
    {
        _ when part.ContainsAnyExceptInRange('0', '9') => null,
        0 => Unknown,
        1 => $"0{part}",
        2 => part.ToString(),
        _ => null,
    };
}
