namespace Linkage.Sidecar.Tests.Support;

/// <summary>How tests wait for what other threads and other processes do.</summary>
internal static class Waiting
{
    /// <summary>Longer than anything takes on a slow machine with much else to do; only a test that fails waits it out.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Waits until something holds of which nobody tells, and fails if it never does.</summary>
    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="UntilAsync(Func{bool})"/>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, "The condition did not come true in time.");
            await Task.Yield();
        }
    }
}
