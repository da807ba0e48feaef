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
    private readonly TimeProvider _time;
    private readonly Dictionary<(string Name, CallerRoles Roles), Allowance> _allowances = [];
    private readonly Lock _gate = new();

    /// <summary>Allows each caller the same.</summary>
    /// <param name="perSecond">Calls a second on average, and at once after a quiet second.</param>
    /// <param name="concurrent">Calls under way at the same time.</param>
    /// <param name="time">The clock.</param>
    public CallerLimiter(int perSecond, int concurrent, TimeProvider time)
    {
        _perSecond = perSecond;
        _concurrent = concurrent;
        _time = time;
    }

    /// <summary>Begins a call.</summary>
    /// <returns>What ends the call when disposed; null if the caller is over a limit.</returns>
    public IDisposable? TryEnter(Caller caller)
    {
        lock (_gate)
        {
            if (!_allowances.TryGetValue((caller.Name, caller.Roles), out Allowance? allowance))
            {
                allowance = new Allowance(new TokenBucket(_perSecond, _perSecond, _time));
                _allowances.Add((caller.Name, caller.Roles), allowance);
            }

            if (allowance.UnderWay >= _concurrent || !allowance.Bucket.TryTake())
            {
                return null;
            }

            allowance.UnderWay++;
            return new Call(this, allowance);
        }
    }

    private void Leave(Allowance allowance)
    {
        lock (_gate)
        {
            allowance.UnderWay--;
        }
    }

    private sealed class Allowance(TokenBucket bucket)
    {
        public TokenBucket Bucket { get; } = bucket;

        public int UnderWay { get; set; }
    }

    private sealed class Call(CallerLimiter limiter, Allowance allowance) : IDisposable
    {
        private Allowance? _allowance = allowance;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _allowance, null) is { } own)
            {
                limiter.Leave(own);
            }
        }
    }
}
