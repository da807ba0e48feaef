using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class LinkageQualityTests
{
    [Theory]
    [InlineData(8, 5, 4, 0.8, 0.5, 8.0 / 13)]
    [InlineData(4, 4, 4, 1, 1, 1)]
    [InlineData(4, 4, 0, 0, 0, 0)]
    [InlineData(0, 0, 0, 1, 1, 1)]
    [InlineData(3, 0, 0, 0, 0, 0)]
    [InlineData(0, 3, 0, 0, 0, 0)]
    public void Figures_KnownCounts_FollowTheConvention(
        long truePairs, long predicted, long correct, double precision, double recall, double f1)
    {
        LinkageQuality quality = new(truePairs, predicted, correct);

        Assert.Equal(precision, quality.Precision);
        Assert.Equal(recall, quality.Recall);
        Assert.Equal(f1, quality.F1);
    }

    [Fact]
    public void F1_LargestCounts_DoesNotOverflow() =>
        Assert.Equal(1, new LinkageQuality(long.MaxValue, long.MaxValue, long.MaxValue).F1);

    [Fact]
    public void ToString_GroupQuality_HidesTheLabel() =>
        Assert.DoesNotContain(
            "label", new GroupQuality("label", new LinkageQuality(1, 1, 1)).ToString(), StringComparison.Ordinal);
}
