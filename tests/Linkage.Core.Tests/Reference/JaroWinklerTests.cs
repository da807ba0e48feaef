using FsCheck;
using FsCheck.Fluent;

namespace Linkage.Core.Tests.Reference;

public sealed class JaroWinklerTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    /// <summary>From the tables of Winkler's reports of 1990 and 1994.</summary>
    [Theory]
    [InlineData("MARTHA", "MARHTA", 0.961)]
    [InlineData("DWAYNE", "DUANE", 0.840)]
    [InlineData("DIXON", "DICKSONX", 0.813)]
    [InlineData("JONES", "JOHNSON", 0.832)]
    [InlineData("MASSEY", "MASSIE", 0.933)]
    [InlineData("ABROMS", "ABRAMS", 0.922)]
    [InlineData("SEAN", "SUSAN", 0.805)]
    public void Similarity_PublishedNames_IsAsPublished(string left, string right, double published)
    {
        double found = JaroWinkler.Similarity(left, right);

        Assert.InRange(found, published - 0.0005, published + 0.0005);
    }

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("A", "", 0)]
    [InlineData("ABC", "XYZ", 0)]
    public void Similarity_NothingInCommon_IsZeroUnlessBothAreEmpty(string left, string right, double expected) =>
        Assert.Equal(expected, JaroWinkler.Similarity(left, right));

    [Fact]
    public void Similarity_AnyWords_IsBetweenZeroAndOneAndOneOnlyForEqual() =>
        Check.One(Thorough, Prop.ForAll(Words.Any, Words.Any, (left, right) =>
        {
            double found = JaroWinkler.Similarity(left, right);
            return found is >= 0 and <= 1 && found == 1 == (left == right);
        }));

    [Fact]
    public void Similarity_CommonPrefixOfSimilarWords_IsNeverLessThanWithout() =>
        Check.One(Thorough, Prop.ForAll(Words.Any, Words.Any, (left, right) =>
            JaroWinkler.Similarity("x" + left, "x" + right) >= JaroWinkler.Similarity("x" + left, "y" + right)));
}
