using System.Diagnostics;
using Grpc.Net.Client;

namespace Linkage.Sidecar.Load;

/// <summary>Small calls, as many as go through, with a number of them in flight all the time.</summary>
internal sealed class UnaryLoad : IDisposable
{
    /// <summary>Calls under way at the same time.</summary>
    public const int InFlight = 64;

    /// <summary>Connections that they share.</summary>
    public const int ConnectionCount = 8;

    private readonly GrpcChannel[] _channels;
    private readonly Func<GrpcChannel, Func<Task>> _call;

    /// <summary>Connects to a server.</summary>
    /// <param name="address">The server.</param>
    /// <param name="call">Makes, for a connection, what makes one call and checks the answer.</param>
    public UnaryLoad(string address, Func<GrpcChannel, Func<Task>> call)
    {
        _call = call;
        _channels = [.. Enumerable.Range(0, ConnectionCount).Select(_ => Connections.Plain(address))];
    }

    /// <summary>Calls for a while.</summary>
    /// <returns>Calls a second.</returns>
    public async Task<double> MeasureAsync(TimeSpan duration)
    {
        long begin = Stopwatch.GetTimestamp();
        long[] counts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(worker => Task.Run(
            () => WorkAsync(_call(_channels[worker % ConnectionCount]), begin, duration))));
        return counts.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_channels, channel => channel.Dispose());

    private static async Task<long> WorkAsync(Func<Task> call, long begin, TimeSpan duration)
    {
        long count = 0;
        for (; Stopwatch.GetElapsedTime(begin) < duration; count++)
        {
            await call();
        }

        return count;
    }
}
