namespace Linkage.Sidecar.Storage;

/// <summary>Files without the records that were removed, written and not yet in the place of those with them;
/// disposing it before that leaves no trace.</summary>
internal sealed class ErasureDraft : IDisposable
{
    /// <summary>Begins without a file.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="records">By file the records that were removed of it.</param>
    public ErasureDraft(string projectId, IReadOnlyList<(Segment File, IReadOnlyList<string> Handles)> records)
    {
        ProjectId = projectId;
        Records = records;
    }

    /// <summary>The project.</summary>
    public string ProjectId { get; }

    /// <summary>By file the records that were removed of it.</summary>
    public IReadOnlyList<(Segment File, IReadOnlyList<string> Handles)> Records { get; }

    /// <summary>By file the records that are in no file of their party: a store from before records went out of
    /// additions with the call may have them there.</summary>
    public List<(Segment File, IReadOnlyList<string> Handles)> Unfound { get; } = [];

    /// <summary>What takes the place of what.</summary>
    public List<(Segment Old, FileDraft Draft, Segment Fresh)> Files { get; } = [];

    public void Dispose() => Files.ForEach(file => file.Draft.Dispose());
}
