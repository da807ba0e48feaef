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

    /// <summary>Bytes as millions.</summary>
    public static string Megabytes(double bytes) => Whole(bytes / 1e6);

    /// <summary>Median, least and most.</summary>
    public static string Spread(IReadOnlyCollection<double> values) =>
        $"{Whole(Median(values))} ({Whole(values.Min())} to {Whole(values.Max())})";
}
