using FsCheck;
using FsCheck.Fluent;

namespace Linkage.Core.Tests.Reference;

public sealed class DamerauLevenshteinTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("19800102", "19800102", 0)]
    [InlineData("19800102", "19800103", 1)]
    [InlineData("19800102", "19800201", 2)]
    [InlineData("19800112", "19800121", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 2)]
    [InlineData("a cat", "an abct", 3)]
    public void Distance_KnownTexts_IsKnown(string left, string right, int expected) =>
        Assert.Equal(expected, DamerauLevenshtein.Distance(left, right));

    [Fact]
    public void Distance_AnyWords_IsAMetric() =>
        Check.One(Thorough, Prop.ForAll(Words.Any, Words.Any, Words.Any, (one, two, three) =>
        {
            int direct = DamerauLevenshtein.Distance(one, three);
            int detour = DamerauLevenshtein.Distance(one, two) + DamerauLevenshtein.Distance(two, three);
            return direct <= detour
                && direct == DamerauLevenshtein.Distance(three, one)
                && direct == 0 == (one == three);
        }));

    [Fact]
    public void Distance_NeighborsSwapped_IsOne() =>
        Check.One(Thorough, Prop.ForAll(Words.Any, Words.Any, (before, after) =>
            DamerauLevenshtein.Distance($"{before}xy{after}", $"{before}yx{after}") == 1));
}
