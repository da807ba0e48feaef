using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Comparisons;

/// <summary>Pairs under <see cref="SmallSchemas.Contact"/>: patterns are number, home, name, sex.</summary>
public sealed class RowComparerTests
{
    private const int NumberPass = 0;
    private const int AreaPass = 1;

    private static readonly string?[] Full = ["1234", "12 hill street", "rosemary", "20852", "2025550147", "F"];

    private static string?[] With(params (int Field, string? Value)[] changes)
    {
        string?[] values = [.. Full];
        foreach ((int field, string? value) in changes)
        {
            values[field] = value;
        }

        return values;
    }

    private static string Compare(string?[] left, string?[] right, int pass, ProtectionProfile profile)
    {
        LinkageSchema schema = SmallSchemas.Contact with { Profile = profile };
        using var project = new EncodedProject(schema);
        EncodedPass leftPass = project.Add("left", [left]).File.Passes[pass];
        EncodedPass rightPass = project.Add("right", [right]).File.Passes[pass];
        var comparer = new RowComparer(schema);
        ComparisonVector vector = comparer.Compare(leftPass, 0, rightPass, 0);
        Assert.Equal(vector, comparer.Compare(rightPass, 0, leftPass, 0));
        return vector.ToPattern(Comparison.FromSchema(schema).Count);
    }

    private static void ExpectInBothProfiles(string pattern, string?[] left, string?[] right, int pass)
    {
        Assert.Equal(pattern, Compare(left, right, pass, ProtectionProfile.Standard));
        Assert.Equal(pattern, Compare(left, right, pass, ProtectionProfile.Research));
    }

    [Fact]
    public void Compare_EqualRecords_IsTheBestLevelEverywhere()
    {
        ExpectInBothProfiles("1441", Full, Full, NumberPass);
        ExpectInBothProfiles("1441", Full, Full, AreaPass);
    }

    [Fact]
    public void Compare_AllElseDiffers_KeepsTheFieldOfTheKeyEqual()
    {
        string?[] other = With((1, "9850 ocean parkway"), (2, "kunigunde"), (4, "6173339981"), (5, "M"));

        ExpectInBothProfiles("1100", Full, other, AreaPass);
        ExpectInBothProfiles("1000", Full, [.. other[..3], "99501", .. other[4..]], NumberPass);
    }

    [Fact]
    public void Compare_ValueMissingOnOneSide_IsOneMissing() =>
        ExpectInBothProfiles("14??", Full, With((2, null), (5, "")), NumberPass);

    [Fact]
    public void Compare_ValueMissingOnBothSides_IsBothMissing() =>
        ExpectInBothProfiles("14--", With((2, null), (5, null)), With((2, ""), (5, null)), NumberPass);

    [Fact]
    public void Compare_WholeGroupMissing_IsAMissingCode()
    {
        string?[] homeless = With((1, null), (3, null), (4, null));

        ExpectInBothProfiles("1-41", homeless, homeless, NumberPass);
        ExpectInBothProfiles("1?41", Full, homeless, NumberPass);
    }

    [Fact]
    public void Compare_GroupMemberMissing_UsesTheOthers()
    {
        ExpectInBothProfiles("1341", With((1, null)), Full, NumberPass);
        ExpectInBothProfiles("1141", With((1, null)), With((4, null)), AreaPass);
    }

    [Fact]
    public void Compare_OneTypingError_IsBetweenElseAndEqual()
    {
        string pattern = Compare(Full, With((2, "rosemery")), NumberPass, ProtectionProfile.Research);

        Assert.InRange(pattern[2], '1', '3');
    }
}
