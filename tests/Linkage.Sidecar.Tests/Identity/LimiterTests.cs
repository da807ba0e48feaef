using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Identity;

public sealed class LimiterTests
{
    private static readonly Caller Health = new(CallerKind.Token, "health", CallerRoles.Party);

    private readonly ManualTime _time = new();

    [Fact]
    public void TryTake_AnyTimes_NeverGivesMoreThanCapacityAndRefill()
    {
        Prop.ForAll<byte[]>(steps =>
        {
            ManualTime time = new();
            TokenBucket bucket = new(5, 2, time);
            DateTimeOffset start = time.GetUtcNow();
            int taken = 0;
            foreach (byte step in steps ?? [])
            {
                time.Advance(TimeSpan.FromMilliseconds(step));
                taken += bucket.TryTake() ? 1 : 0;
            }

            return taken <= 5 + (2 * (time.GetUtcNow() - start).TotalSeconds);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TryTake_AfterAPause_GivesWhatCameBackUpToTheCapacity()
    {
        TokenBucket bucket = new(3, 1, _time);

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => bucket.TryTake()));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, Enumerable.Range(0, 10).Count(_ => bucket.TryTake()));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => bucket.TryTake()));
    }

    [Fact]
    public void Note_EndlessSources_StaysBoundedAndStillLimits()
    {
        FailureLimiter limiter = new(1, _time);
        for (int i = 0; i < 3 * FailureLimiter.MostSources; i++)
        {
            limiter.Note(i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.InRange(limiter.Count, FailureLimiter.MostSources, FailureLimiter.MostSources + 1);
        Assert.True(limiter.IsBlocked("0"));
        Assert.True(limiter.IsBlocked("never seen before"));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(limiter.IsBlocked("0"));
        limiter.Note("new");
        Assert.True(limiter.IsBlocked("new"));
        Assert.Equal(1, limiter.Count);
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::2:3:4:5", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void SourceOf_Address_IsTheHostOrItsNetwork(string left, string right, bool same)
    {
        string first = FailureLimiter.SourceOf(IPAddress.Parse(left));

        Assert.Equal(same, first == FailureLimiter.SourceOf(IPAddress.Parse(right)));
    }

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
