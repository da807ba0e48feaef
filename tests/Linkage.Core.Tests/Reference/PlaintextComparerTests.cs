using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Reference;

/// <summary>
/// Number, home of street, area and phone, name, sex of <see cref="SmallSchemas.Contact"/>; its vector has the four
/// comparisons in that order.
/// </summary>
public sealed class PlaintextComparerTests
{
    private static readonly string[] Record = ["1234", "12 oak street", "martha", "20001", "2025550123", "f"];

    private static string Compare(int field, string value)
    {
        string[] other = [.. Record];
        other[field] = value;
        return new PlaintextComparer(SmallSchemas.Contact).Compare(Record, other).ToPattern(4);
    }

    [Theory]
    [InlineData(0, "1234", "1441")]
    [InlineData(0, "1243", "0441")]
    [InlineData(0, "", "?441")]
    [InlineData(2, "marhta", "1431")]
    [InlineData(2, "mart", "1431")]
    [InlineData(2, "maria", "1411")]
    [InlineData(2, "john", "1401")]
    [InlineData(5, "m", "1440")]
    [InlineData(1, "21 oak street", "1341")]
    [InlineData(3, "20010", "1341")]
    [InlineData(4, "", "1441")]
    public void Compare_OneFieldDiffers_GivesItsLevel(int field, string value, string pattern) =>
        Assert.Equal(pattern, Compare(field, value));

    [Fact]
    public void Compare_PhoneWithTwoErrors_IsTwoLevelsBelowEqual()
    {
        FieldSchema phone = SmallSchemas.Contact.Fields[4];

        Assert.Equal(3, PlaintextComparer.Compare(phone, "2025550123", "2025550132"));
        Assert.Equal(2, PlaintextComparer.Compare(phone, "2025550123", "2025550199"));
        Assert.Equal(0, PlaintextComparer.Compare(phone, "2025550123", "2025559999"));
    }

    [Fact]
    public void Compare_NothingPresent_IsMissingOnBothSides()
    {
        string[] nothing = [.. Record.Select(_ => "")];

        ComparisonVector vector = new PlaintextComparer(SmallSchemas.Contact).Compare(nothing, nothing);

        Assert.Equal("----", vector.ToPattern(4));
    }

    [Fact]
    public void Compare_SwappedSides_GivesTheSameVector()
    {
        var comparer = new PlaintextComparer(SmallSchemas.Contact);
        string[] other = ["", "12 oak st", "marta", "20010", "2025550132", "m"];

        ComparisonVector forward = comparer.Compare(Record, other);

        Assert.Equal(forward, comparer.Compare(other, Record));
    }
}
