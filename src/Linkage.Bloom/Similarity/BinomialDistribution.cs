namespace Linkage.Bloom.Similarity;

/// <summary>The number of successes in independent trials.</summary>
internal static class BinomialDistribution
{
    /// <summary>Probability of at most <paramref name="most"/> successes, to about 1e-12.</summary>
    /// <param name="most">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Number of trials, 1 or more.</param>
    /// <param name="probability">Of a success, 0 to 1.</param>
    public static double AtMost(int most, int trials, double probability)
    {
        if (probability <= 0 || most >= trials)
        {
            return 1;
        }

        if (probability >= 1)
        {
            return 0;
        }

        // From term to term in logarithms: the first may be far below the smallest number.
        double term = trials * Math.Log(1 - probability);
        double logOdds = Math.Log(probability / (1 - probability));
        double sum = Math.Exp(term);
        for (int k = 1; k <= most; k++)
        {
            term += Math.Log((double)(trials - k + 1) / k) + logOdds;
            sum += Math.Exp(term);
        }

        return Math.Min(1, sum);
    }
}
