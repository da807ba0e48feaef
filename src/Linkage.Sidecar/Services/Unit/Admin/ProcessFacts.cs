namespace Linkage.Sidecar.Services.Unit.Admin;

/// <summary>Since when the process runs, and whether it takes calls. Thread-safe.</summary>
internal sealed class ProcessFacts
{
    private readonly IHostApplicationLifetime _lifetime;

    /// <summary>Notes the start.</summary>
    public ProcessFacts(IHostApplicationLifetime lifetime, TimeProvider time)
    {
        _lifetime = lifetime;
        StartedAt = time.GetUtcNow();
    }

    /// <summary>When the process started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>False while it drains.</summary>
    public bool IsServing => !_lifetime.ApplicationStopping.IsCancellationRequested;
}
