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
        IDisposable first = limiter.TryEnter(Health)!;
        using IDisposable? second = limiter.TryEnter(Health);

        Assert.Null(limiter.TryEnter(Health));
        using IDisposable? other = limiter.TryEnter(new Caller(CallerKind.Token, "benefits", CallerRoles.Party));
        Assert.NotNull(other);

        first.Dispose();
        first.Dispose();
        using IDisposable? third = limiter.TryEnter(Health);
        Assert.NotNull(third);
        Assert.Null(limiter.TryEnter(Health));
    }

    [Fact]
    public void TryEnter_CallsASecond_AreLimited()
    {
        CallerLimiter limiter = new(perSecond: 3, concurrent: 100, _time);

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => limiter.TryEnter(Health) is not null));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(limiter.TryEnter(Health));
    }
}
