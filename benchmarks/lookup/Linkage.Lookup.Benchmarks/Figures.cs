using System.Globalization;

namespace Linkage.Lookup.Benchmarks;

/// <summary>Numbers as arguments and reports have them.</summary>
internal static class Figures
{
    /// <summary>An argument.</summary>
    public static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A number without decimals.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes as millions.</summary>
    public static string Megabytes(double bytes) => Whole(bytes / 1e6);

    /// <summary>A number with two decimals.</summary>
    public static string Hundredths(double value) => value.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>A share with four decimals.</summary>
    public static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Median, 99th percentile, 99.9th and most of times, in milliseconds.</summary>
    public static string Times(double[] milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        string At(double share) =>
            Hundredths(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))]);
        return $"{At(0.5)} | {At(0.99)} | {At(0.999)} | {Hundredths(sorted[^1])}";
    }
}
