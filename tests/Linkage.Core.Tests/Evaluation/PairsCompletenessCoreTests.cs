using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class PairsCompletenessCoreTests
{
    private static int Choose(int[][] fields, params double[] captured) =>
        PairsCompletenessCore.Choose(fields, captured);

    [Fact]
    public void Choose_NoCommonFields_TakesAll() =>
        Assert.Equal(0b111, Choose([[0], [1, 2], [3]], 5, 6, 7));

    [Fact]
    public void Choose_CommonFields_PrefersMorePassesToMoreMatches() =>
        Assert.Equal(0b1110, Choose([[0, 1, 2], [0], [1], [2]], 1_000, 5, 6, 7));

    [Fact]
    public void Choose_SetsOfOneSize_TakesTheOneWithMoreMatches() =>
        Assert.Equal(0b1101, Choose([[0], [1], [1], [2]], 5, 6, 7, 8));

    [Fact]
    public void Choose_SixPasses_TakesTheFiveWithMostMatches() =>
        Assert.Equal(0b111011, Choose([[0], [1], [2], [3], [4], [5]], 5, 6, 1, 7, 8, 9));

    [Fact]
    public void Choose_PassWithoutMatches_LeavesItOut() =>
        Assert.Equal(0b101, Choose([[0], [1], [2]], 5, 0, 7));

    [Fact]
    public void Choose_NoMatches_TakesNone() => Assert.Equal(0, Choose([[0], [1]], 0, 0));
}
