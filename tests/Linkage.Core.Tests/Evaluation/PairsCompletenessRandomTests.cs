using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class PairsCompletenessRandomTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(20)]
    [InlineData(95)]
    [InlineData(4_000)]
    public void NextPoisson_ManyDraws_HaveMeanAndVarianceOfTheDistribution(double mean)
    {
        const int Draws = 20_000;
        var random = new PairsCompletenessRandom(3);
        double[] drawn = [.. Enumerable.Range(0, Draws).Select(_ => random.NextPoisson(mean))];

        // Five standard errors of the mean, and of the variance of a nearly normal sample.
        double found = drawn.Average();
        Assert.All(drawn, count => Assert.True(count >= 0 && count == Math.Floor(count)));
        Assert.Equal(mean, found, 5 * Math.Sqrt(mean / Draws));
        double tolerance = 5 * Math.Sqrt((2 + (1 / mean)) / Draws) * mean;
        Assert.Equal(mean, drawn.Average(count => (count - found) * (count - found)), tolerance);
    }

    [Fact]
    public void NextUnitPoisson_ManyDraws_HasTheSharesOfTheDistribution()
    {
        const int Draws = 100_000;
        var random = new PairsCompletenessRandom(5);
        int[] counts = new int[40];
        for (int draw = 0; draw < Draws; draw++)
        {
            counts[random.NextUnitPoisson()]++;
        }

        // Five standard errors of each share, 1 / (e n!).
        double share = 1 / Math.E;
        for (int number = 0; number < 7; share /= ++number)
        {
            Assert.Equal(share, (double)counts[number] / Draws, 5 * Math.Sqrt(share * (1 - share) / Draws));
        }
    }

    [Fact]
    public void NextPoisson_MeanZero_IsZero()
    {
        var random = new PairsCompletenessRandom(3);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(0, random.NextPoisson(0)));
    }

    [Fact]
    public void NextPoisson_SameSeed_GivesTheSameNumbers()
    {
        var one = new PairsCompletenessRandom(9);
        var other = new PairsCompletenessRandom(9);

        Assert.All(Enumerable.Range(1, 100), mean => Assert.Equal(one.NextPoisson(mean), other.NextPoisson(mean)));
    }
}
