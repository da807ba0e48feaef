using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Reporting;

namespace Linkage.Core.Tests.Reporting;

public sealed class SvgScaleTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(12, 1)]
    [InlineData(13, 2)]
    [InlineData(41, 5)]
    [InlineData(100, 10)]
    public void TickStep_Range_IsTheNextRoundNumber(double range, double step) =>
        Assert.Equal(step, SvgScale.TickStep(range, 12));

    [Fact]
    public void TickStep_AnyRange_GivesNoMoreTicksThanAsked() =>
        Prop.ForAll<PositiveInt, PositiveInt>((range, ticks) =>
            range.Get / SvgScale.TickStep(range.Get, ticks.Get) <= ticks.Get).QuickCheckThrowOnFailure();
}
