using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>One caller's last lookups, and what it may yet ask. Not thread-safe.</summary>
internal sealed class ProbingWindow
{
    private static readonly TimeSpan CaseTime = TimeSpan.FromHours(1);

    private readonly LookupOptions _options;
    private readonly TimeProvider _time;
    private readonly TokenBucket _bucket;
    private readonly Queue<Seen> _seen = [];
    private DateTimeOffset _stoppedUntil = DateTimeOffset.MinValue;

    public ProbingWindow(LookupOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _bucket = new TokenBucket(options.Burst, options.PerSecond, time);
    }

    /// <summary>Whether the caller's lookups are stopped.</summary>
    public bool IsStopped => _time.GetUtcNow() < _stoppedUntil;

    /// <summary>Takes a number of lookups out of the allowance, if they are there.</summary>
    public bool TryTake(int lookups) => _bucket.TryTake(lookups);

    /// <summary>Notes a lookup.</summary>
    /// <param name="sketch">What was asked.</param>
    /// <param name="caseReference">For which case; null for one whose batch has been noted with it.</param>
    /// <param name="isKnown">Whether anybody was found.</param>
    /// <returns>Why the lookups are stopped now.</returns>
    public ProbingSign Note(QuerySketch sketch, string? caseReference, bool isKnown)
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool isNear = _seen.Any(seen => seen.Sketch.IsNear(sketch));
        bool isRepeated = _seen.Any(seen => seen.Sketch.IsSame(sketch));
        // Asking again about the same client tells nothing new of the caller.
        if (isRepeated)
        {
            return ProbingSign.None;
        }

        _seen.Enqueue(new Seen(sketch, caseReference, isKnown, isNear, now));
        if (_seen.Count > _options.Window)
        {
            _ = _seen.Dequeue();
        }

        ProbingSign sign = Judge(caseReference, now);
        if (sign != ProbingSign.None)
        {
            _stoppedUntil = now + _options.Stop;
            _seen.Clear();
        }

        return sign;
    }

    private ProbingSign Judge(string? caseReference, DateTimeOffset now)
    {
        if (_seen.Count(seen => seen.IsNear) >= _options.NearIdentical)
        {
            return ProbingSign.NearIdentical;
        }

        if (caseReference is not null
            && _seen.Count(seen => seen.CaseReference == caseReference && now - seen.At < CaseTime)
                >= _options.ClientsPerCase)
        {
            return ProbingSign.OneCase;
        }

        return _seen.Count == _options.Window
            && _seen.Count(seen => !seen.IsKnown) * 100 >= _options.UnknownPercent * _options.Window
            ? ProbingSign.NeverMatching
            : ProbingSign.None;
    }

    private readonly record struct Seen(
        QuerySketch Sketch, string? CaseReference, bool IsKnown, bool IsNear, DateTimeOffset At);
}
