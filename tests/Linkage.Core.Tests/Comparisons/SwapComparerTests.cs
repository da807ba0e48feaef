using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Comparisons;

/// <summary>
/// Names under <see cref="SmallSchemas.SwappedNames"/>: levels 9 equal; 8 swapped, one near at least; 7 given equal,
/// family near; 6 given near, family equal; 5 both near; 4 given; 3 family; 2 near family; 1 near given.
/// </summary>
public sealed class SwapComparerTests
{
    private const int NumberPass = 0;
    private const int FamilyPass = 1;

    private static readonly string?[] Pool =
    [
        "rosemary", "rosemery", "fitzgerald", "fitzgerold", "kunigunde", "abernathy", null,
    ];

    [Theory]
    [InlineData("rosemary", "fitzgerald", "rosemary", "fitzgerald", '9')]
    [InlineData("rosemary", "fitzgerald", "fitzgerald", "rosemary", '8')]
    [InlineData("rosemary", "fitzgerald", "fitzgerald", "rosemery", '8')]
    [InlineData("rosemary", "fitzgerald", "fitzgerold", "rosemary", '8')]
    [InlineData("rosemary", "fitzgerald", "fitzgerold", "rosemery", '0')]
    [InlineData("rosemary", "fitzgerald", "fitzgerald", "kunigunde", '0')]
    [InlineData("rosemary", "fitzgerald", "kunigunde", "abernathy", '0')]
    [InlineData("rosemary", "rosemary", "rosemary", "rosemary", '9')]
    [InlineData("rosemary", "rosemary", "rosemary", "fitzgerald", '4')]
    [InlineData("rosemary", "rosemery", "rosemery", "rosemary", '8')]
    [InlineData("rosemary", "rosemery", "rosemary", "rosemary", '8')]
    public void Compare_Names_IsTheFirstRuleThatHolds(
        string given, string family, string otherGiven, string otherFamily, char level)
    {
        ExpectInBothProfiles(level, [given, family], [otherGiven, otherFamily]);
    }

    [Theory]
    [InlineData("rosemary", null, null, "rosemary", '?')]
    [InlineData("rosemary", null, "fitzgerald", "rosemary", '0')]
    [InlineData("rosemary", "fitzgerald", "fitzgerald", null, '0')]
    [InlineData("rosemary", null, "rosemary", null, '4')]
    [InlineData(null, null, "rosemary", "fitzgerald", '?')]
    [InlineData(null, null, null, null, '-')]
    public void Compare_ANameMissing_IsNeverSwapped(
        string? given, string? family, string? otherGiven, string? otherFamily, char level) =>
        ExpectInBothProfiles(level, [given, family], [otherGiven, otherFamily]);

    // The family name is the key here: it does not travel and counts as equal.
    [Fact]
    public void Compare_PassThatLeavesANameOut_SeesNoSwap()
    {
        LinkageSchema schema = SmallSchemas.SwappedNames;
        using var project = new EncodedProject(schema);
        EncodedPass left = project.Add("left", [["1234", "rosemary", "fitzgerald"]]).File.Passes[FamilyPass];
        EncodedPass right = project.Add("right", [["1234", "rosemery", "fitzgerald"]]).File.Passes[FamilyPass];
        SwapComparer swap = Assert.Single(SwapComparer.Of(schema, schema.Groups[0]));

        Assert.Equal(0, swap.Compare(left, 0, right, 0, uint.MaxValue));
        Assert.Equal(6, new RowComparer(schema).Compare(left, 0, right, 0)[1]);
    }

    // All pairs of names in one block, so that one file serves every case.
    [Theory]
    [InlineData(ProtectionProfile.Standard)]
    [InlineData(ProtectionProfile.Research)]
    public void Compare_AnyTwoRecords_DoesNotDependOnWhichIsLeftNorOnSwappingBoth(ProtectionProfile profile)
    {
        using var project = new EncodedProject(SmallSchemas.SwappedNames with { Profile = profile });
        EncodedParty[] parties = [project.Add("left", AllNames()), project.Add("right", AllNames())];
        var comparer = new RowComparer(project.Schema);
        int names = Pool.Length;
        Gen<int> record = Gen.Choose(0, (names * names) - 1);

        Prop.ForAll(record.Two().ToArbitrary(), pair =>
        {
            (int one, int other) = pair;
            int straight = Level(0, one, 1, other);
            int turned = Level(0, Swap(one), 1, Swap(other));
            return straight == Level(0, other, 1, one)
                && straight == Level(1, other, 0, one)
                && (straight is 8 or 9) == (turned is 8 or 9)
                && (Level(0, one, 1, Swap(one)) is 8 or 9 || one % names == names - 1 || one / names == names - 1);
        }).QuickCheckThrowOnFailure();

        int Swap(int number) => (number % names * names) + (number / names);

        int Level(int leftParty, int left, int rightParty, int right) =>
            comparer.Compare(Pass(leftParty), Row(leftParty, left), Pass(rightParty), Row(rightParty, right))[1];

        EncodedPass Pass(int party) => parties[party].File.Passes[NumberPass];

        int Row(int party, int number) => RowOf(parties[party], number);
    }

    private static string?[][] AllNames() =>
    [
        .. Pool.SelectMany(given => Pool.Select(family => (string?[])["1234", given, family])),
    ];

    private static int RowOf(EncodedParty party, int number)
    {
        MergeSection merge = party.File.Merge;
        int record = Enumerable.Range(0, merge.RecordCount).First(candidate =>
            party.RowOf(Convert.ToHexStringLower(merge.Handle(candidate))) == number);
        return merge.RowOf(record, NumberPass);
    }

    private static void ExpectInBothProfiles(char level, string?[] left, string?[] right)
    {
        Assert.Equal(level, Compare(left, right, ProtectionProfile.Standard));
        Assert.Equal(level, Compare(left, right, ProtectionProfile.Research));
    }

    private static char Compare(string?[] left, string?[] right, ProtectionProfile profile)
    {
        LinkageSchema schema = SmallSchemas.SwappedNames with { Profile = profile };
        using var project = new EncodedProject(schema);
        EncodedPass leftPass = project.Add("left", [["1234", .. left]]).File.Passes[NumberPass];
        EncodedPass rightPass = project.Add("right", [["1234", .. right]]).File.Passes[NumberPass];
        return new RowComparer(schema).Compare(leftPass, 0, rightPass, 0).ToPattern(2)[1];
    }
}
