using System.Globalization;
using System.Net;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Identity;

public sealed class FailureLimiterTests
{
    private readonly ManualTime _time = new();

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
}
