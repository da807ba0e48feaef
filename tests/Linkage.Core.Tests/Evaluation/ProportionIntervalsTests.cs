using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class ProportionIntervalsTests
{
    [Theory]
    [InlineData(0.1, 1.644854)]
    [InlineData(0.05, 1.959964)]
    [InlineData(0.01, 2.575829)]
    [InlineData(0.001, 3.290527)]
    public void QuantileOf_KnownLevels_IsTheNormalPoint(double leftOut, double expected) =>
        Assert.Equal(expected, ProportionIntervals.QuantileOf(leftOut), 0.0005);

    // Newcombe 1998, Statistics in Medicine 17, pages 857-872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples_AreMet(long part, long whole, double low, double high)
    {
        IntervalEstimate interval = ProportionIntervals.Wilson(
            (double)part / whole, part, whole, ProportionIntervals.UsualQuantile);

        Assert.Equal(low, interval.Low, 0.0001);
        Assert.Equal(high, interval.High, 0.0001);
    }

    // Newcombe 1998, Statistics in Medicine 17, pages 873-890, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1)]
    public void Difference_PublishedExamples_AreMet(
        long part, long whole, long otherPart, long otherWhole, double low, double high)
    {
        IntervalEstimate interval = ProportionIntervals.Difference(Of(part, whole), Of(otherPart, otherWhole));

        Assert.Equal(low, interval.Low, 0.0002);
        Assert.Equal(high, interval.High, 0.0002);
    }

    [Fact]
    public void Wilson_ShareOfNothing_MayBeAnything() =>
        Assert.Equal(new IntervalEstimate(1, 0, 1), ProportionIntervals.Wilson(1, 0, 0, 2));

    [Fact]
    public void Wilson_AllOrNone_HoldsTheShareItself()
    {
        foreach (long whole in new long[] { 1, 3, 7, 1_000_000_007 })
        {
            Assert.Equal(1, Of(whole, whole).High);
            Assert.Equal(0, Of(0, whole).Low);
        }
    }

    private static IntervalEstimate Of(long part, long whole) => ProportionIntervals.Wilson(
        (double)part / whole, part, whole, ProportionIntervals.UsualQuantile);
}
