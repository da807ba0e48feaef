using System.Diagnostics;

namespace Linkage.Sidecar.Load;

/// <summary>Calls at a fixed rate, whether or not the earlier ones are answered: as people ask.</summary>
/// <remarks>
/// A call's time runs from the moment it was due, so a server that stands still is charged for all that should have
/// begun meanwhile.
/// </remarks>
internal static class OpenLoad
{
    /// <summary>Calls at a rate for a while.</summary>
    /// <param name="perSecond">Calls a second; divides 1,000 or is divided by it.</param>
    /// <param name="duration">How long calls begin.</param>
    /// <param name="call">Makes the call of a number; true if it was answered well.</param>
    /// <returns>Milliseconds of every call that was answered well, and how many were not.</returns>
    public static async Task<(double[] Milliseconds, int Failed)> RunAsync(
        int perSecond, TimeSpan duration, Func<int, Task<bool>> call)
    {
        int count = (int)(perSecond * duration.TotalSeconds);
        Task<double>[] calls = new Task<double>[count];
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread of its own wakes up on time where the pool's may be waited for.
        Thread clock = new(() => Begin(perSecond, call, calls, begun)) { IsBackground = true };
        clock.Start();
        await begun.Task;
        double[] times = await Task.WhenAll(calls);
        double[] answered = [.. times.Where(time => time >= 0)];
        return (answered, count - answered.Length);
    }

    private static void Begin(
        int perSecond, Func<int, Task<bool>> call, Task<double>[] calls, TaskCompletionSource begun)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls.Length; i++)
        {
            double due = 1e3 * i / perSecond;
            double wait;
            while ((wait = due - Stopwatch.GetElapsedTime(start).TotalMilliseconds) > 0)
            {
                Thread.Sleep((int)Math.Ceiling(wait));
            }

            calls[i] = MeasureAsync(start, due, call(i));
        }

        begun.SetResult();
    }

    private static async Task<double> MeasureAsync(long start, double due, Task<bool> answer) =>
        await answer ? Stopwatch.GetElapsedTime(start).TotalMilliseconds - due : -1;
}
