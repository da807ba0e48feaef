using System.Globalization;

namespace Linkage.Sidecar.Load;

/// <summary>Numbers as the report has them.</summary>
internal static class Figures
{
    /// <summary>The one in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>A number without decimals.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with a decimal.</summary>
    public static string Tenths(double value) => value.ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>A number with two decimals.</summary>
    public static string Hundredths(double value) => value.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>Median, 99th and 99.9th percentile and the most, as cells.</summary>
    public static string Percentiles(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        string At(double share) => sorted.Length == 0
            ? "" : Hundredths(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))]);
        return $"{At(0.5)} | {At(0.99)} | {At(0.999)} | {At(1)}";
    }

    /// <summary>Bytes as millions.</summary>
    public static string Megabytes(double bytes) => Whole(bytes / 1e6);

    /// <summary>Median, least and most.</summary>
    public static string Spread(IReadOnlyCollection<double> values) =>
        $"{Whole(Median(values))} ({Whole(values.Min())} to {Whole(values.Max())})";
}
