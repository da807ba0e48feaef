namespace Linkage.Sidecar.Storage;

/// <summary>A file of records that were added to a linked project.</summary>
/// <param name="Id">Its number; later ones have higher numbers. 0 before it is stored.</param>
/// <param name="SegmentId">The party's file it adds to.</param>
/// <param name="RunId">The run to whose entities it was linked.</param>
/// <param name="Party">The party.</param>
/// <param name="Content">The encoded file.</param>
internal sealed record AddedFile(long Id, string SegmentId, string RunId, string Party, ReadOnlyMemory<byte> Content)
{
    /// <summary>The type's name: the content is nobody's business.</summary>
    public override string ToString() => nameof(AddedFile);
}
