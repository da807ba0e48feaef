using System.Globalization;

namespace Linkage.Sidecar.Agreements;

/// <summary>Numbers of days as ISO 8601 writes them: <c>P</c>, 1 to 36,600, <c>D</c>.</summary>
internal static class IsoDays
{
    private const int Most = 36_600;

    /// <summary>Reads a number of days.</summary>
    /// <returns>False if it is none, or out of range.</returns>
    public static bool TryParse(string text, out int days)
    {
        days = 0;
        return text.Length is >= 3 and <= 7 && text[0] == 'P' && text[^1] == 'D' && text[1] != '0'
            && int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out days)
            && days is >= 1 and <= Most;
    }

    /// <summary>The time that a checked text says.</summary>
    /// <exception cref="FormatException">It says none.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out int days)
        ? TimeSpan.FromDays(days)
        : throw new FormatException("A number of days is not like P30D.");
}
