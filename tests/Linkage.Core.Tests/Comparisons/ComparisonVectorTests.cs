using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Comparisons;

namespace Linkage.Core.Tests.Comparisons;

public sealed class ComparisonVectorTests
{
    private static Arbitrary<int[]> Levels =>
        Gen.Elements(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ComparisonVector.BothMissing, ComparisonVector.OneMissing)
            .ArrayOf(ComparisonVector.MaxComparisons)
            .ToArbitrary();

    private static ComparisonVector Pack(int[] levels)
    {
        ComparisonVector vector = default;
        for (int i = 0; i < levels.Length; i++)
        {
            vector = vector.With(i, levels[i]);
        }

        return vector;
    }

    [Fact]
    public void With_AnyLevels_ReadBackUnchanged() =>
        Prop.ForAll(Levels, levels =>
        {
            ComparisonVector vector = Pack(levels);
            return Enumerable.Range(0, levels.Length).All(i => vector[i] == levels[i]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_OneComparisonAgain_ChangesNoOther() =>
        Prop.ForAll(Levels, Levels, (levels, others) =>
        {
            int changed = others[0] % ComparisonVector.MaxComparisons;
            ComparisonVector vector = Pack(levels).With(changed, others[1]);
            return Enumerable.Range(0, levels.Length).All(i => vector[i] == (i == changed ? others[1] : levels[i]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equality_EqualLevels_IsThatOfTheLevels() =>
        Prop.ForAll(Levels, Levels, (levels, others) =>
            Pack(levels) == Pack([.. levels]) && (Pack(levels) == Pack(others)) == levels.SequenceEqual(others))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void ToPattern_EveryCode_HasItsCharacter()
    {
        int[] levels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ComparisonVector.BothMissing, ComparisonVector.OneMissing];

        Assert.Equal("0123456789-?", Pack(levels).ToPattern(12));
    }

    [Fact]
    public void ToPattern_AnyLevels_IsOneCharacterAComparison() =>
        Prop.ForAll(Levels, levels =>
        {
            string pattern = Pack(levels).ToPattern(levels.Length);
            string expected = string.Concat(levels.Select(level => "0123456789    -?"[level]));
            return pattern == expected && Pack(levels).ToPattern(3) == expected[..3];
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void FromPattern_AnyPattern_ReadsWhatWasWritten() =>
        Prop.ForAll(Levels, Gen.Choose(1, ComparisonVector.MaxComparisons).ToArbitrary(), (levels, count) =>
            ComparisonVector.FromPattern(Pack(levels).ToPattern(count)) == Pack(levels[..count]))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void FromPattern_OtherText_IsRefusedWithoutQuotingIt()
    {
        foreach (string text in (string[])["", "12a", " 1", "1.2", "01234567890123456", "٣", "12\n"])
        {
            FormatException error = Assert.Throws<FormatException>(() => ComparisonVector.FromPattern(text));
            Assert.True(text.Length == 0 || !error.Message.Contains(text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Default_NoLevelsSet_IsTheLowestLevelEverywhere() =>
        Assert.Equal("0000", default(ComparisonVector).ToPattern(4));
}
