using System.Globalization;

namespace Linkage.Cli.Terminal;

/// <summary>Numbers for people, the same in every culture.</summary>
internal static class Figures
{
    /// <summary>A whole number with thousands apart.</summary>
    /// <param name="number">The number.</param>
    /// <returns>For example <c>12,345</c>.</returns>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share in percent.</summary>
    /// <param name="part">Part.</param>
    /// <param name="whole">Whole; a share of nothing is 0 %.</param>
    /// <returns>For example <c>99.8 %</c>.</returns>
    public static string Percent(double part, double whole) =>
        (whole > 0 ? part / whole : 0).ToString("P1", CultureInfo.InvariantCulture);

    /// <summary>A number with a fixed number of decimals.</summary>
    /// <param name="number">The number.</param>
    /// <param name="decimals">Digits after the point.</param>
    /// <returns>For example <c>0.9876</c>.</returns>
    public static string Decimal(double number, int decimals) =>
        number.ToString($"F{decimals}", CultureInfo.InvariantCulture);
}
