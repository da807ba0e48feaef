using FsCheck;
using FsCheck.Fluent;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Identity;

public sealed class TokenBucketTests
{
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
}
