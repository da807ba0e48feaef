using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Similarity;

namespace Linkage.Bloom.Tests.Similarity;

public class BinomialDistributionTests
{
    [Theory]
    [InlineData(0, 10, 0.5, 1.0 / 1024)]
    [InlineData(5, 10, 0.5, 638.0 / 1024)]
    [InlineData(1, 3, 0.25, 54.0 / 64)]
    [InlineData(0, 7, 0, 1)]
    [InlineData(6, 7, 1, 0)]
    [InlineData(7, 7, 1, 1)]
    [InlineData(512, 1024, 0.5, 0.512464)] // half, and half the middle term: √(2 / 1024π) (1 − 1 / 4096)
    public void AtMost_KnownCase_IsExact(int most, int trials, double probability, double expected) =>
        Assert.Equal(expected, BinomialDistribution.AtMost(most, trials, probability), 6);

    [Fact]
    public void AtMost_FewSuccesses_AreManyFailures() =>
        Prop.ForAll(
            Gen.Choose(0, 1023).Zip(Gen.Choose(1, 999)).ToArbitrary(),
            drawn =>
            {
                double p = drawn.Item2 / 1000.0;
                double below = BinomialDistribution.AtMost(drawn.Item1, 1024, p);
                double mirrored = BinomialDistribution.AtMost(1023 - drawn.Item1, 1024, 1 - p);
                return Math.Abs(below + mirrored - 1) < 1e-9;
            }).QuickCheckThrowOnFailure();
}
