using System.Globalization;

namespace Linkage.Sidecar.Load;

/// <summary>The most memory of a process since the watch began, as Linux counts it (proc(5), status).</summary>
/// <remarks>
/// The peak of the whole is the kernel's own; its parts are looked at every few milliseconds. Mapped files count in
/// the whole: they are page cache, which the kernel takes back when it needs it.
/// </remarks>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly int _process;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Begins to watch a process.</summary>
    public MemoryWatch(int process)
    {
        _process = process;
        File.WriteAllText($"/proc/{process}/clear_refs", "5"); // its peak is counted from now
        _loop = LoopAsync();
    }

    /// <summary>Peak of the whole, in bytes.</summary>
    public long Peak => Read(_process, "VmHWM");

    /// <summary>Peak of what is not backed by a file, in bytes.</summary>
    public long PeakOwn { get; private set; }

    /// <summary>Peak of mapped files, in bytes.</summary>
    public long PeakMapped { get; private set; }

    /// <summary>A figure of a process, in bytes.</summary>
    public static long Read(int process, string figure)
    {
        string line = File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith($"{figure}:", StringComparison.Ordinal));
        string kilobytes = line[(figure.Length + 1)..^"kB".Length].Trim();
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (true)
        {
            PeakOwn = Math.Max(PeakOwn, Read(_process, "RssAnon"));
            PeakMapped = Math.Max(PeakMapped, Read(_process, "RssFile"));
            await Task.Delay(Interval, _stop.Token);
        }
    }
}
