using Linkage.Cli.Owner;

namespace Linkage.Cli.Tests.Owner;

public sealed class DatePartsTests
{
    [Theory]
    [InlineData("1980", "5", "7", "1980-5-7")]
    [InlineData(" 1980 ", "05", "07", "1980-05-07")]
    [InlineData("1980", "May", "7", "1980-May-7")]
    [InlineData("80", "5", "7", "??800507")]
    [InlineData("1980", "", "", "1980????")]
    [InlineData("1980", "12", "", "198012??")]
    [InlineData("", "5", "17", "????0517")]
    [InlineData("80", "May", "7", "80-May-7")]
    [InlineData("x", "5", "7", "x-5-7")]
    [InlineData("198", "5", "7", "198-5-7")]
    [InlineData("80", "5", "777", "80-5-777")]
    public void Join_Parts_AreOneTextWithOneMeaning(string year, string month, string day, string expected) =>
        Assert.Equal(expected, DateParts.Join(year, month, day));

    [Theory]
    [InlineData("", "", "")]
    [InlineData(" ", "\t", " ")]
    public void Join_NoParts_IsMissing(string year, string month, string day) =>
        Assert.Null(DateParts.Join(year, month, day));
}
