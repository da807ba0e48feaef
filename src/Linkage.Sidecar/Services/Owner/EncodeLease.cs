namespace Linkage.Sidecar.Services.Owner;

/// <summary>A session and the one call that feeds it at a time.</summary>
/// <remarks>
/// A call that takes the session up ends the one before it: of a half-open connection the server may not know yet that
/// it is lost. Thread-safe.
/// </remarks>
internal sealed class EncodeLease : IDisposable
{
#pragma warning disable CA2213 // a call may still wait for its turn, or hold it; neither field needs a system's handle
    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource? _holder;
#pragma warning restore CA2213
    private readonly TimeProvider _time;
    private readonly Action _expire;
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Makes the lease of a new session.</summary>
    /// <param name="id">The session's random id.</param>
    /// <param name="session">The session.</param>
    /// <param name="time">Measures how long nobody has held the session.</param>
    /// <param name="expire">Is called when nobody has for too long.</param>
    public EncodeLease(string id, EncodeSession session, TimeProvider time, Action expire)
    {
        Id = id;
        Session = session;
        _time = time;
        _expire = expire;
    }

    /// <summary>The session's random id.</summary>
    public string Id { get; }

    /// <summary>The session.</summary>
    public EncodeSession Session { get; }

    /// <summary>Takes the session for one call.</summary>
    /// <param name="cancellation">The call's end.</param>
    /// <returns>Fires when the call ends or another one takes the session; give it to <see cref="Release"/>.</returns>
    public async Task<CancellationTokenSource> TakeAsync(CancellationToken cancellation)
    {
        CancellationTokenSource holder = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (_gate)
        {
            _holder?.Cancel();
        }

        try
        {
            await _turn.WaitAsync(cancellation);
        }
        catch
        {
            holder.Dispose();
            throw;
        }

        lock (_gate)
        {
            _holder = holder;
            _timer?.Dispose();
            _timer = null;
            if (!_disposed)
            {
                return holder;
            }
        }

        Release(holder);
        throw OwnerError.SessionLost();
    }

    /// <summary>Gives the session back; it waits for the next call.</summary>
    public void Release(CancellationTokenSource holder)
    {
        lock (_gate)
        {
            Session.Listener = null;
            _holder = null;
            holder.Dispose();
            if (!_disposed)
            {
                _timer = _time.CreateTimer(
                    _ => _expire(), null, EncodeSessions.Patience, Timeout.InfiniteTimeSpan);
            }
        }

        _turn.Release();
    }

    /// <summary>Ends the call that holds the session, and the session.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
            _holder?.Cancel();
        }

        Session.Dispose();
    }
}
