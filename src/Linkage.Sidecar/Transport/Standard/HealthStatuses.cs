using System.Threading.Channels;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Linkage.Sidecar.Transport.Standard;

/// <summary>Which services answer. The empty name is the server as a whole, which serves from the start.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class HealthStatuses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = new(StringComparer.Ordinal)
    {
        [string.Empty] = ServingStatus.Serving,
    };

    private readonly List<(string Service, ChannelWriter<ServingStatus> Changes)> _watchers = [];

    /// <summary>The status of a service; <see cref="ServingStatus.ServiceUnknown"/> if it was never set.</summary>
    public ServingStatus this[string service]
    {
        get
        {
            lock (_gate)
            {
                return _statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown);
            }
        }
    }

    /// <summary>Sets the status of a service and tells those who watch it, if it changed.</summary>
    public void Set(string service, ServingStatus status)
    {
        lock (_gate)
        {
            if (_statuses.TryGetValue(service, out ServingStatus before) && before == status)
            {
                return;
            }

            _statuses[service] = status;
            Tell(service, status);
        }
    }

    /// <summary>The status now and after each change. A slow reader misses what was replaced meanwhile.</summary>
    public ChannelReader<ServingStatus> Watch(string service, CancellationToken cancel)
    {
        Channel<ServingStatus> changes = Channel.CreateBounded<ServingStatus>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            _watchers.Add((service, changes.Writer));
            changes.Writer.TryWrite(this[service]);
        }

        cancel.UnsafeRegister(_ => Forget(changes.Writer), null);
        return changes.Reader;
    }

    private void Tell(string service, ServingStatus status)
    {
        foreach ((_, ChannelWriter<ServingStatus> changes) in _watchers.Where(watcher => watcher.Service == service))
        {
            changes.TryWrite(status);
        }
    }

    private void Forget(ChannelWriter<ServingStatus> changes)
    {
        lock (_gate)
        {
            _watchers.RemoveAll(watcher => watcher.Changes == changes);
        }
    }
}
