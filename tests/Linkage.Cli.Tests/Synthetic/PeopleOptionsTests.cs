using Linkage.Synthetic;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class PeopleOptionsTests
{
    private static readonly PeopleOptions Valid = new() { PeoplePerAgency = 1, Agencies = 1, Seed = 0 };

    [Fact]
    public void Defaults_NotSet_AreHalfOverlapNoDuplicatesAndUsualErrors()
    {
        Assert.Equal(0.5, Valid.Overlap);
        Assert.Equal(0.0, Valid.DuplicateShare);
        Assert.Equal(1.0, Valid.ErrorScale);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void PeoplePerAgency_NotPositive_Throws(int people) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { PeoplePerAgency = people });

    [Theory]
    [InlineData(0)]
    [InlineData(PeopleOptions.MaximumAgencies + 1)]
    public void Agencies_OutOfRange_Throws(int agencies) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { Agencies = agencies });

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Shares_OutOfRange_Throw(double share)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { Overlap = share });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { DuplicateShare = share });
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(10.1)]
    [InlineData(double.NaN)]
    public void ErrorScale_OutOfRange_Throws(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { ErrorScale = scale });
}
