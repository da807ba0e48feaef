namespace Linkage.Sidecar.Storage;

/// <summary>Wakes those who wait for a change of any run; each then looks whether it is theirs. Thread-safe.</summary>
internal sealed class RunPulse
{
    private TaskCompletionSource _next = Create();

    /// <summary>Completes with the next beat; to be taken before looking, so that no beat falls in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes all who wait.</summary>
    public void Beat() => Interlocked.Exchange(ref _next, Create()).SetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
