namespace Linkage.Core.Evaluation;

/// <summary>Intervals of shares and of their differences, by counts alone.</summary>
internal static class ProportionIntervals
{
    /// <summary>The usual level: 1.96 standard errors to either side hold 95 %.</summary>
    internal static double UsualQuantile { get; } = QuantileOf(0.05);

    /// <summary>
    /// Standard errors to either side that leave out a given share: the upper α / 2 point of the normal curve, exact
    /// to 0.0005 (Hastings, in Abramowitz and Stegun 1964, 26.2.23).
    /// </summary>
    /// <param name="leftOut">α, above 0 and below 1.</param>
    internal static double QuantileOf(double leftOut)
    {
        double t = Math.Sqrt(-2 * Math.Log(leftOut / 2));
        double numerator = 2.515517 + (t * (0.802853 + (t * 0.010328)));
        double denominator = 1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))));
        return t - (numerator / denominator);
    }

    /// <summary>Wilson's score interval (Wilson 1927, JASA 22); a share of nothing may be anything.</summary>
    internal static IntervalEstimate Wilson(double value, long part, long whole, double quantile)
    {
        if (whole == 0)
        {
            return new IntervalEstimate(value, 0, 1);
        }

        double n = whole;
        double share = part / n;
        double square = quantile * quantile;
        double center = (share + (square / (2 * n))) / (1 + (square / n));
        double reach = quantile / (1 + (square / n))
            * Math.Sqrt((share * (1 - share) / n) + (square / (4 * n * n)));

        // Rounding must not put the share itself outside.
        return new IntervalEstimate(
            value, Math.Max(0, Math.Min(value, center - reach)), Math.Min(1, Math.Max(value, center + reach)));
    }

    /// <summary>
    /// Interval of the difference a − b of two shares from the interval of each (Newcombe 1998, Statistics in Medicine
    /// 17, method 10).
    /// </summary>
    internal static IntervalEstimate Difference(IntervalEstimate a, IntervalEstimate b)
    {
        double difference = a.Value - b.Value;
        return new IntervalEstimate(
            difference,
            difference - Math.Sqrt(Square(a.Value - a.Low) + Square(b.High - b.Value)),
            difference + Math.Sqrt(Square(a.High - a.Value) + Square(b.Value - b.Low)));
    }

    private static double Square(double number) => number * number;
}
