namespace Linkage.Sidecar.Services.Owner;

/// <summary>Joins a date's parts into one text that has a single meaning, as the tool does.</summary>
/// <remarks>
/// A year of four digits in front is read as year, month, day whatever the order. What lacks a part, or has a year of
/// two digits, becomes the library's form of eight characters with question marks for what is not known.
/// </remarks>
internal static class DateParts
{
    private const string Unknown = "??";

    /// <summary>The date; null if all parts are missing.</summary>
    public static string? Join(string? yearText, string? monthText, string? dayText)
    {
        string year = Trim(yearText);
        string month = Trim(monthText);
        string day = Trim(dayText);
        if (year.Length + month.Length + day.Length == 0)
        {
            return null;
        }

        bool isWhole = year.Length == 4 && month.Length > 0 && day.Length > 0;
        return !isWhole && FourPlaces(year) is { } y && TwoPlaces(month) is { } m && TwoPlaces(day) is { } d
            ? y + m + d
            : $"{year}-{month}-{day}";
    }

    private static string Trim(string? part) => part?.Trim() ?? string.Empty;

    private static string? FourPlaces(string year) => year.Length switch
    {
        0 => Unknown + Unknown,
        2 when IsDigits(year) => Unknown + year,
        4 when IsDigits(year) => year,
        _ => null,
    };

    private static string? TwoPlaces(string part) => part.Length switch
    {
        0 => Unknown,
        1 when IsDigits(part) => "0" + part,
        2 when IsDigits(part) => part,
        _ => null,
    };

    private static bool IsDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
