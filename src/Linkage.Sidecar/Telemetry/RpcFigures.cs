using System.Collections.Frozen;

namespace Linkage.Sidecar.Telemetry;

/// <summary>What one rpc adds up to while the process runs; counting costs an addition. Thread-safe.</summary>
internal sealed class RpcFigures
{
    private long _active;
    private long _received;
    private long _sent;

    /// <summary>Begins with nothing.</summary>
    /// <param name="name">"package.Service/Method", or the word for all that are not known.</param>
    public RpcFigures(string name)
    {
        Name = name;
        Label = new KeyValuePair<string, object?>(SidecarMetrics.MethodLabel, name);
    }

    /// <summary>"package.Service/Method", or the word for all that are not known.</summary>
    public string Name { get; }

    /// <summary>The name as a label.</summary>
    public KeyValuePair<string, object?> Label { get; }

    /// <summary>Calls under way.</summary>
    public long Active => Volatile.Read(ref _active);

    /// <summary>Bytes of messages that came in.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Bytes of messages that went out.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>The figures of all rpcs, by the path that calls have: the name behind a slash.</summary>
    public static FrozenDictionary<string, RpcFigures> ByPath(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).ToFrozenDictionary(
            name => $"/{name}", name => new RpcFigures(name), StringComparer.Ordinal);

    /// <summary>A call begins.</summary>
    public void Begin() => Interlocked.Increment(ref _active);

    /// <summary>A call has ended.</summary>
    public void End(long received, long sent)
    {
        Interlocked.Decrement(ref _active);
        Interlocked.Add(ref _received, received);
        Interlocked.Add(ref _sent, sent);
    }
}
