using Linkage.Core.Reporting;

namespace Linkage.Core.Tests.Reporting;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1234567, "1,234,567")]
    public void Count_Number_HasCommas(long count, string text) => Assert.Equal(text, FigureText.Count(count));

    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(0.5, "50.0 %")]
    [InlineData(0.0004, "under 0.1 %")]
    [InlineData(0.9996, "over 99.9 %")]
    public void Share_Number_IsNeverRoundedToNoneOrAll(double share, string text) =>
        Assert.Equal(text, FigureText.Share(share));

    [Theory]
    [InlineData(0.4, "40.00 %")]
    [InlineData(0.99894, "99.89 %")]
    [InlineData(0.99996, "over 99.99 %")]
    [InlineData(1, "100.00 %")]
    public void FineShare_Number_IsNeverRoundedToAll(double share, string text) =>
        Assert.Equal(text, FigureText.FineShare(share));

    [Theory]
    [InlineData(7.34, "+7.3")]
    [InlineData(-7.34, "−7.3")]
    [InlineData(-0.04, "0.0")]
    public void Weight_Bits_HaveTheirSign(double bits, string text) => Assert.Equal(text, FigureText.Weight(bits));

    [Theory]
    [InlineData(0.25, "0.2500")]
    [InlineData(0.00012, "1.2e-4")]
    [InlineData(0.99999, "over 0.9999")]
    public void Probability_Number_KeepsItsSize(double probability, string text) =>
        Assert.Equal(text, FigureText.Probability(probability));

    [Theory]
    [InlineData(0.5, "50 %")]
    [InlineData(0.999, "99.9 %")]
    public void Threshold_Number_HasTheDigitsItNeeds(double probability, string text) =>
        Assert.Equal(text, FigureText.Threshold(probability));

    [Theory]
    [InlineData(2.34, "2.3 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(90_061, "25 h 01 min")]
    public void Duration_Seconds_TakeTheirUnit(double seconds, string text) =>
        Assert.Equal(text, FigureText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Time_OtherZone_IsUniversal() =>
        Assert.Equal("2026-03-14 13:09:26 UTC", FigureText.Time(SmallRun.Facts.Started));
}
