namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>The system's clock, whose long timers go off when a test says so.</summary>
internal sealed class FuzzClock : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly HashSet<LongTimer> _waiting = [];

    /// <summary>Lets everything expire that waits for minutes.</summary>
    public void Jump()
    {
        LongTimer[] due;
        lock (_waiting)
        {
            due = [.. _waiting];
            _waiting.Clear();
        }

        foreach (LongTimer timer in due)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Long)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        LongTimer timer = new(this, () => callback(state));
        lock (_waiting)
        {
            _waiting.Add(timer);
        }

        return timer;
    }

    private void Remove(LongTimer timer)
    {
        lock (_waiting)
        {
            _waiting.Remove(timer);
        }
    }

    private sealed class LongTimer(FuzzClock clock, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
