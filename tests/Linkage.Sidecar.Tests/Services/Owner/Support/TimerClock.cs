namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>The system's clock, put forward when told to; its timers go off only then.</summary>
internal sealed class TimerClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private long _passed;

    /// <summary>Number of timers that will go off.</summary>
    public int Armed
    {
        get
        {
            lock (_timers)
            {
                return _timers.Count(timer => timer.IsArmed);
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _passed));

    public override long GetTimestamp() => base.GetTimestamp()
        + (long)(new TimeSpan(Interlocked.Read(ref _passed)).TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan step)
    {
        Interlocked.Add(ref _passed, step.Ticks);
        Timer[] due;
        lock (_timers)
        {
            due = [.. _timers.Where(timer => timer.Elapse(step))];
        }

        foreach (Timer timer in due)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, () => callback(state), dueTime);
        lock (_timers)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    private void Remove(Timer timer)
    {
        lock (_timers)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class Timer(TimerClock clock, Action fire, TimeSpan left) : ITimer
    {
        private TimeSpan _left = left;

        public bool IsArmed => _left != Timeout.InfiniteTimeSpan;

        public bool Elapse(TimeSpan step)
        {
            if (!IsArmed)
            {
                return false;
            }

            bool isDue = step >= _left;
            _left = isDue ? Timeout.InfiniteTimeSpan : _left - step;
            return isDue;
        }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _left = dueTime;
            return true;
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
