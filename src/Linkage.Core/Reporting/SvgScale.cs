using System.Globalization;

namespace Linkage.Core.Reporting;

/// <summary>Where the ticks of an axis stand.</summary>
internal static class SvgScale
{
    /// <summary>The distance of ticks: 1, 2 or 5 times a power of ten, at least 1, for at most so many ticks.</summary>
    public static double TickStep(double range, int mostTicks)
    {
        double[] leaders = [1, 2, 5];
        for (double power = 1; ; power *= 10)
        {
            foreach (double leader in leaders)
            {
                if (range / (leader * power) <= mostTicks)
                {
                    return leader * power;
                }
            }
        }
    }

    /// <summary>A whole number with a proper minus sign.</summary>
    public static string TickLabel(double value) =>
        value.ToString("0", CultureInfo.InvariantCulture).Replace('-', '−');
}
