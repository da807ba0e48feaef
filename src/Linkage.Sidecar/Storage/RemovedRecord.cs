namespace Linkage.Sidecar.Storage;

/// <summary>A record that its party removed from a linked project.</summary>
/// <param name="SegmentId">The party's file that it is in, or that it was added to.</param>
/// <param name="Party">The party.</param>
/// <param name="Handle">Its handle: 32 lower-case hex digits.</param>
internal sealed record RemovedRecord(string SegmentId, string Party, string Handle)
{
    /// <summary>Whether it was added, so that no uploaded file has it.</summary>
    public bool WasAdded { get; init; }
}
