using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class UnitRetryTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void TryNext_AgainAndAgain_PausesGrowToTenSecondsAndVary()
    {
        UnitRetry retry = new(TimeSpan.FromDays(1), _time);

        double[] pauses = [.. Enumerable.Range(0, 40).Select(_ => Next(retry))];

        Assert.InRange(pauses[0], 100, 200);
        Assert.InRange(pauses[3], 800, 1600);
        Assert.All(pauses[6..], pause => Assert.InRange(pause, 5000, 10_000));
        Assert.True(pauses[6..].Distinct().Count() > 1, "All pauses are the same.");
    }

    [Fact]
    public void TryNext_PatienceAtAnEnd_Stops()
    {
        UnitRetry retry = new(TimeSpan.FromSeconds(10), _time);
        _time.Advance(TimeSpan.FromSeconds(9.99));
        Assert.True(Next(retry) <= 10);

        _time.Advance(TimeSpan.FromSeconds(0.01));

        Assert.False(retry.TryNext(out _));
    }

    [Fact]
    public void NoteProgress_PatienceAtAnEnd_BeginsAnew()
    {
        UnitRetry retry = new(TimeSpan.FromSeconds(10), _time);
        for (int i = 0; i < 10; i++)
        {
            Next(retry);
        }

        _time.Advance(TimeSpan.FromSeconds(11));
        retry.NoteProgress();

        Assert.InRange(Next(retry), 100, 200);
    }

    [Fact]
    public void TryNext_NoPatience_NeverTriesAgain() =>
        Assert.False(new UnitRetry(TimeSpan.Zero, _time).TryNext(out _));

    private static double Next(UnitRetry retry)
    {
        Assert.True(retry.TryNext(out TimeSpan pause));
        return pause.TotalMilliseconds;
    }
}
