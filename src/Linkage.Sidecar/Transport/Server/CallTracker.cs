using Grpc.AspNetCore.Server;
using Microsoft.Extensions.Options;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Lets calls finish when the host stops: new ones are refused, open ones end at the limit.</summary>
internal sealed class CallTracker : IDisposable
{
    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenRegistration _stopping;

    public CallTracker(
        IHostApplicationLifetime lifetime, IOptions<GrpcServiceOptions> options, TimeProvider? time = null)
    {
        TimeSpan limit = options.Value.DrainTimeout;
        _expired = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time ?? TimeProvider.System);
        Stopping = lifetime.ApplicationStopping;
        _stopping = Stopping.Register(() => _expired.CancelAfter(limit));
    }

    /// <summary>Fires when the host was told to stop.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Fires when open calls must end.</summary>
    public CancellationToken Expired => _expired.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _expired.Dispose();
    }
}
