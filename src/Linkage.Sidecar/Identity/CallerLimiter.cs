namespace Linkage.Sidecar.Identity;

/// <summary>Holds each caller to its calls a second and its calls at the same time.</summary>
/// <remarks>
/// Callers are known by name and role, so memory is bounded by the configuration and the tokens; all who are unknown
/// share one allowance. Safe to use from several threads.
/// </remarks>
internal sealed class CallerLimiter
{
    private readonly int _perSecond;
    private readonly int _concurrent;
    private readonly int _streams;
    private readonly TimeProvider _time;
    private readonly Dictionary<(string Name, CallerRoles Roles), Allowance> _allowances = [];
    private readonly Lock _gate = new();

    /// <summary>Allows each caller the same.</summary>
    /// <param name="perSecond">Calls a second on average, and at once after a quiet second.</param>
    /// <param name="concurrent">Calls under way at the same time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="streams">Of the calls under way, those that may be streams.</param>
    public CallerLimiter(int perSecond, int concurrent, TimeProvider time, int streams = int.MaxValue)
    {
        _perSecond = perSecond;
        _concurrent = concurrent;
        _streams = streams;
        _time = time;
    }

    /// <summary>Begins a call.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="isStream">Whether it is a stream, in either direction.</param>
    /// <param name="over">The limit the caller is over, if it is.</param>
    /// <returns>What ends the call when disposed; null if the caller is over a limit.</returns>
    public IDisposable? TryEnter(Caller caller, bool isStream, out CallerLimit over)
    {
        lock (_gate)
        {
            if (!_allowances.TryGetValue((caller.Name, caller.Roles), out Allowance? allowance))
            {
                allowance = new Allowance(new TokenBucket(_perSecond, _perSecond, _time));
                _allowances.Add((caller.Name, caller.Roles), allowance);
            }

            over = allowance.UnderWay >= _concurrent ? CallerLimit.Calls
                : isStream && allowance.Streams >= _streams ? CallerLimit.Streams
                : !allowance.Bucket.TryTake() ? CallerLimit.Rate
                : CallerLimit.None;
            if (over != CallerLimit.None)
            {
                return null;
            }

            allowance.UnderWay++;
            allowance.Streams += isStream ? 1 : 0;
            return new Call(this, allowance, isStream);
        }
    }

    private void Leave(Allowance allowance, bool isStream)
    {
        lock (_gate)
        {
            allowance.UnderWay--;
            allowance.Streams -= isStream ? 1 : 0;
        }
    }

    private sealed class Allowance(TokenBucket bucket)
    {
        public TokenBucket Bucket { get; } = bucket;

        public int UnderWay { get; set; }

        public int Streams { get; set; }
    }

    private sealed class Call(CallerLimiter limiter, Allowance allowance, bool isStream) : IDisposable
    {
        private Allowance? _allowance = allowance;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _allowance, null) is { } own)
            {
                limiter.Leave(own, isStream);
            }
        }
    }
}
