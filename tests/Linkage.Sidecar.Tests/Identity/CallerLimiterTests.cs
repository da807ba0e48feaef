using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Identity;

public sealed class CallerLimiterTests
{
    private static readonly Caller Health = new(CallerKind.Token, "health", CallerRoles.Party);

    private readonly ManualTime _time = new();

    [Fact]
    public void TryEnter_CallsUnderWay_AreLimitedForEachCallerAlone()
    {
        CallerLimiter limiter = new(perSecond: 100, concurrent: 2, _time);
        IDisposable first = Enter(limiter, Health)!;
        using IDisposable? second = Enter(limiter, Health);

        Assert.Null(Enter(limiter, Health));
        using IDisposable? other = Enter(limiter, new Caller(CallerKind.Token, "benefits", CallerRoles.Party));
        Assert.NotNull(other);

        first.Dispose();
        first.Dispose();
        using IDisposable? third = Enter(limiter, Health);
        Assert.NotNull(third);
        Assert.Null(Enter(limiter, Health));
    }

    [Fact]
    public void TryEnter_CallsASecond_AreLimited()
    {
        CallerLimiter limiter = new(perSecond: 3, concurrent: 100, _time);

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => Enter(limiter, Health) is not null));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(Enter(limiter, Health));
    }

    private static IDisposable? Enter(CallerLimiter limiter, Caller caller) =>
        limiter.TryEnter(caller, isStream: false, out _);
}
