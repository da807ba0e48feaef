using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Reference;

/// <summary>Places to start an estimation from that are drawn and not thought out.</summary>
internal static class RandomStart
{
    private const double LeastPrior = 0.01;
    private const double GreatestPrior = 0.3;

    /// <summary>
    /// Match probabilities under a model drawn at random, of which is known only that better levels are commoner among
    /// matches and rarer among others.
    /// </summary>
    /// <remarks>
    /// Shares of levels are drawn evenly from all there are (exponentials over their sum; Devroye: Non-uniform random
    /// variate generation, 1986, chapter V.2), then put in order. Without an order nothing says which class is matches.
    /// </remarks>
    public static double[] FromOrderedModel(
        IReadOnlyList<AgreementPattern> patterns, IReadOnlyList<Comparison> comparisons, ulong seed)
    {
        var random = new SmallRandom(seed);
        double prior = LeastPrior + ((GreatestPrior - LeastPrior) * random.NextDouble());
        double[][] m = [.. comparisons.Select(one => Shares(one.LevelCount, random).Order().ToArray())];
        double[][] u = [.. comparisons.Select(one => Shares(one.LevelCount, random).OrderDescending().ToArray())];
        return [.. patterns.Select(pattern => Posterior(pattern.Vector, prior, m, u))];
    }

    /// <summary>Match probabilities drawn evenly from 0 to 1, whatever the pattern.</summary>
    public static double[] Blind(IReadOnlyList<AgreementPattern> patterns, ulong seed)
    {
        var random = new SmallRandom(seed);
        return [.. patterns.Select(_ => random.NextDouble())];
    }

    private static double[] Shares(int count, SmallRandom random)
    {
        double[] draws = [.. Enumerable.Range(0, count).Select(_ => -Math.Log(1 - random.NextDouble()))];
        double sum = draws.Sum();
        return [.. draws.Select(draw => draw / sum)];
    }

    private static double Posterior(ComparisonVector vector, double prior, double[][] m, double[][] u)
    {
        double odds = prior / (1 - prior);
        for (int c = 0; c < m.Length; c++)
        {
            int level = vector[c];
            odds *= level < ComparisonVector.BothMissing ? m[c][level] / u[c][level] : 1;
        }

        return odds / (1 + odds);
    }
}
