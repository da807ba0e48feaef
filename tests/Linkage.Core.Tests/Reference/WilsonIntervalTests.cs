namespace Linkage.Core.Tests.Reference;

/// <summary>Figures of the two papers of Newcombe in Statistics in Medicine 17 (1998), pages 857 and 873.</summary>
public sealed class WilsonIntervalTests
{
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Of_PublishedCounts_IsAsPublished(int successes, int trials, double low, double high)
    {
        WilsonInterval interval = WilsonInterval.Of(successes, trials);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524)]
    [InlineData(9, 10, 3, 10, 0.1705)]
    [InlineData(10, 10, 0, 20, 0.6791)]
    public void LeastGapTo_PublishedCounts_IsAsPublished(int one, int ofOne, int other, int ofOther, double least)
    {
        double found = WilsonInterval.Of(one, ofOne).LeastGapTo(WilsonInterval.Of(other, ofOther));

        Assert.Equal(least, found, 4);
    }
}
