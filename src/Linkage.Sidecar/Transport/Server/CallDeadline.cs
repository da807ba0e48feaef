namespace Linkage.Sidecar.Transport.Server;

/// <summary>Tells when the caller's patience ends. Timers take at most 49 days, so a longer wait is cut.</summary>
internal sealed class CallDeadline : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly TimeProvider _time;
    private readonly Action _passed;
    private readonly ITimer _timer;
    private readonly long _start;
    private readonly TimeSpan _timeout;

    public CallDeadline(TimeProvider time, TimeSpan timeout, Action passed)
    {
        _time = time;
        _passed = passed;
        _timeout = timeout;
        _start = time.GetTimestamp();
        DateTime now = time.GetUtcNow().UtcDateTime;
        Utc = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        _timer = time.CreateTimer(
            static state => ((CallDeadline)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm(timeout);
    }

    public DateTime Utc { get; }

    public bool HasPassed => Remaining <= TimeSpan.Zero;

    private TimeSpan Remaining => _timeout - _time.GetElapsedTime(_start);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tick()
    {
        TimeSpan remaining = Remaining;
        if (remaining > TimeSpan.Zero)
        {
            Arm(remaining);
        }
        else
        {
            _passed();
        }
    }

    // Rounded up: a timer counts whole milliseconds and must not come early.
    private void Arm(TimeSpan remaining) => _timer.Change(
        remaining < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds)) : LongestWait,
        Timeout.InfiniteTimeSpan);
}
