using Linkage.Core.Estimation;

namespace Linkage.Core.Tests.Estimation;

public sealed class EmOptionsTests
{
    [Fact]
    public void Validate_Defaults_Pass() => new EmOptions().Validate();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Validate_UnusableNumber_Throws(double number)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmOptions { Tolerance = number }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmOptions { MPriorPairs = number }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmOptions { UPriorPairs = number }.Validate());
    }

    [Fact]
    public void Validate_NoIteration_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmOptions { MaxIterations = 0 }.Validate());
}
