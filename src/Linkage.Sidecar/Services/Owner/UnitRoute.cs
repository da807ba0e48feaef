using Grpc.Core;
using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The way to one unit, and how much of it may be used. Thread-safe.</summary>
internal sealed class UnitRoute : IDisposable
{
    private readonly TimeSpan _callTime;
    private readonly SemaphoreSlim _places;

    /// <summary>A way over a channel that somebody else owns.</summary>
    public UnitRoute(CallInvoker calls, UnitOptions options)
    {
        Calls = calls;
        RetryTime = options.RetryTime;
        _callTime = options.CallTime;
        _places = new SemaphoreSlim(options.ConcurrentUploads);
    }

    /// <summary>Makes the calls.</summary>
    public CallInvoker Calls { get; }

    /// <summary>How long a unit that does not answer is tried again.</summary>
    public TimeSpan RetryTime { get; }

    /// <summary>The options of a call.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="work">What the unit needs beyond the usual time, for the length of a file.</param>
    public CallOptions Within(CancellationToken cancellation, TimeSpan work = default) => new(
        deadline: (TimeProvider.System.GetUtcNow() + _callTime + work).UtcDateTime, // by the channel's own clock
        cancellationToken: cancellation);

    /// <summary>The options of a call that somebody waits for.</summary>
    /// <param name="deadline">Until when.</param>
    /// <param name="longest">The most that is waited, however long the caller would.</param>
    /// <param name="cancellation">Stops it.</param>
    public CallOptions Until(DateTime deadline, TimeSpan longest, CancellationToken cancellation)
    {
        DateTime latest = (TimeProvider.System.GetUtcNow() + (longest < _callTime ? longest : _callTime)).UtcDateTime;
        return new CallOptions(
            deadline: deadline < latest ? deadline : latest, cancellationToken: cancellation);
    }

    /// <summary>Waits for a place among the files that are sent at the same time.</summary>
    public Task EnterAsync(CancellationToken cancellation) => _places.WaitAsync(cancellation);

    /// <summary>Gives the place back.</summary>
    public void Leave() => _places.Release();

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
