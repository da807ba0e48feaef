namespace Linkage.Core.Tests.Reference;

/// <summary>The 95 % interval of a share that was counted.</summary>
/// <remarks>
/// Wilson: Probable inference, the law of succession, and statistical inference, Journal of the American Statistical
/// Association 22 (1927), 209–212. Unlike the interval of the normal distribution it stays inside 0 to 1.
/// </remarks>
/// <param name="Share">The share, 0 to 1.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct WilsonInterval(double Share, double Low, double High)
{
    private const double Z = 1.959963984540054;

    public static WilsonInterval Of(long successes, long trials)
    {
        double share = (double)successes / trials;
        double scale = 1 + (Z * Z / trials);
        double middle = (share + (Z * Z / (2 * trials))) / scale;
        double half = Z * Math.Sqrt((share * (1 - share) / trials) + (Z * Z / (4.0 * trials * trials))) / scale;
        return new WilsonInterval(share, middle - half, middle + half);
    }

    /// <summary>The lower end of the 95 % interval of how far another share lies below this one.</summary>
    /// <remarks>
    /// Newcombe: Interval estimation for the difference between independent proportions, Statistics in Medicine 17
    /// (1998), 873–890, method 10.
    /// </remarks>
    public double LeastGapTo(WilsonInterval other) =>
        Share - other.Share - Math.Sqrt(Square(Share - Low) + Square(other.High - other.Share));

    private static double Square(double value) => value * value;
}
