using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Comparisons;

/// <summary>
/// The group of <see cref="SmallSchemas.Contact"/>: street and area; phone; near street in a near area; area.
/// </summary>
public sealed class GroupComparerTests
{
    private const int BothMissing = ComparisonVector.BothMissing;
    private const int OneMissing = ComparisonVector.OneMissing;

    private static int Compare(int street, int area, int phone)
    {
        var comparer = new GroupComparer(SmallSchemas.Contact, SmallSchemas.Contact.Groups[0]);
        return comparer.Compare([0, street, 4, area, phone, 1]);
    }

    [Theory]
    [InlineData(4, 4, 0, 4)]
    [InlineData(4, 4, 4, 4)]
    [InlineData(3, 4, 3, 3)]
    [InlineData(0, 0, 4, 3)]
    [InlineData(1, 1, 2, 2)]
    [InlineData(3, 4, 0, 2)]
    [InlineData(0, 4, 0, 1)]
    [InlineData(4, 0, 0, 0)]
    [InlineData(0, 3, 2, 0)]
    public void Compare_AllPresent_IsTheFirstRuleThatHolds(int street, int area, int phone, int level) =>
        Assert.Equal(level, Compare(street, area, phone));

    [Theory]
    [InlineData(4, BothMissing, 3, 3)]
    [InlineData(4, BothMissing, 0, 0)]
    [InlineData(4, OneMissing, BothMissing, 0)]
    [InlineData(OneMissing, 4, BothMissing, 1)]
    [InlineData(4, 4, OneMissing, 4)]
    [InlineData(BothMissing, BothMissing, 0, 0)]
    public void Compare_SomeMissing_IsTheBestRuleOfTheRest(int street, int area, int phone, int level) =>
        Assert.Equal(level, Compare(street, area, phone));

    [Theory]
    [InlineData(BothMissing, BothMissing, BothMissing, BothMissing)]
    [InlineData(BothMissing, OneMissing, BothMissing, OneMissing)]
    [InlineData(OneMissing, OneMissing, OneMissing, OneMissing)]
    public void Compare_NothingToCompare_IsAMissingCode(int street, int area, int phone, int code) =>
        Assert.Equal(code, Compare(street, area, phone));

    [Fact]
    public void Compare_BetterMember_IsNeverWorse() =>
        Prop.ForAll(Gen.Choose(0, 4).ArrayOf(3).ToArbitrary(), levels =>
            Enumerable.Range(0, 3).All(raised =>
            {
                int[] better = [.. levels];
                better[raised] = Math.Min(4, better[raised] + 1);
                return Compare(better[0], better[1], better[2]) >= Compare(levels[0], levels[1], levels[2]);
            })).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_FieldsOutsideTheGroup_DoNotMatter()
    {
        var comparer = new GroupComparer(SmallSchemas.Contact, SmallSchemas.Contact.Groups[0]);

        Assert.Equal(comparer.Compare([0, 4, 0, 4, 0, 0]), comparer.Compare([1, 4, OneMissing, 4, 0, BothMissing]));
    }
}
