using System.Diagnostics;

namespace Linkage.Sidecar.Load;

/// <summary>Health checks by the light client, with a number of them in flight all the time.</summary>
internal sealed class FrameLoad : IDisposable
{
    private readonly FrameConnection[] _connections;

    /// <summary>Connects to a server.</summary>
    public FrameLoad(string address)
    {
        Uri server = new(address);
        _connections =
            [.. Enumerable.Range(0, UnaryLoad.ConnectionCount).Select(_ => new FrameConnection(server))];
    }

    /// <summary>Calls for a while.</summary>
    /// <returns>Calls a second.</returns>
    public async Task<double> MeasureAsync(TimeSpan duration)
    {
        long begin = Stopwatch.GetTimestamp();
        long[] counts = await Task.WhenAll(_connections.Select(connection => Task.Run(() => connection.CallAsync(
            UnaryLoad.InFlight / UnaryLoad.ConnectionCount, () => Stopwatch.GetElapsedTime(begin) < duration))));
        return counts.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_connections, connection => connection.Dispose());
}
