namespace Linkage.Bloom.Similarity;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>Probability of a value over <paramref name="z"/>, to about 1e-7.</summary>
    /// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions (1964), formula 26.2.17.</remarks>
    public static double Upper(double z)
    {
        if (z < 0)
        {
            return 1 - Upper(-z);
        }

        double t = 1 / (1 + (0.2316419 * z));
        double series = t * (0.319381530 + (t * (-0.356563782
            + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * series;
    }
}
