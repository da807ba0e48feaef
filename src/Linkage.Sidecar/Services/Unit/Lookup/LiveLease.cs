namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>A use of a live project; disposing ends it.</summary>
internal sealed class LiveLease : IDisposable
{
    private LiveProject? _project;

    public LiveLease(LiveProject project)
    {
        _project = project;
    }

    /// <summary>The project.</summary>
    public LiveProject Project => _project ?? throw new ObjectDisposedException(nameof(LiveLease));

    public void Dispose() => Interlocked.Exchange(ref _project, null)?.Leave();
}
