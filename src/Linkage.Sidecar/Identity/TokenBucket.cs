namespace Linkage.Sidecar.Identity;

/// <summary>An allowance that refills steadily up to a bound. Not thread-safe.</summary>
internal sealed class TokenBucket
{
    private readonly double _capacity;
    private readonly double _perSecond;
    private readonly TimeProvider _time;
    private double _level;
    private long _since;

    /// <summary>Makes a full allowance.</summary>
    /// <param name="capacity">The bound; what is there at first.</param>
    /// <param name="perSecond">What comes back in a second.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(double capacity, double perSecond, TimeProvider time)
    {
        _capacity = capacity;
        _perSecond = perSecond;
        _time = time;
        _level = capacity;
        _since = time.GetTimestamp();
    }

    /// <summary>True if nothing is missing.</summary>
    public bool IsFull => Refill() >= _capacity;

    /// <summary>True if one may be taken.</summary>
    public bool HasOne => Refill() >= 1;

    /// <summary>Takes one if it is there.</summary>
    public bool TryTake() => TryTake(1);

    /// <summary>Takes as many if they are there, and none otherwise.</summary>
    public bool TryTake(int count)
    {
        if (Refill() < count)
        {
            return false;
        }

        _level -= count;
        return true;
    }

    private double Refill()
    {
        long now = _time.GetTimestamp();
        _level = Math.Min(_capacity, _level + (_perSecond * _time.GetElapsedTime(_since, now).TotalSeconds));
        _since = now;
        return _level;
    }
}
