namespace Linkage.Core.Blocking;

/// <summary>Counts of a range of blocks; ranges add up to a pass.</summary>
/// <param name="SharedBlocks">Blocks in which records were compared.</param>
/// <param name="LargestBlock">Records in the largest block.</param>
/// <param name="DroppedBlocks">Blocks over the limit for all parties.</param>
internal readonly record struct RangeCounts(long SharedBlocks, int LargestBlock, long DroppedBlocks)
{
    public RangeCounts Plus(RangeCounts other) => new(
        SharedBlocks + other.SharedBlocks,
        Math.Max(LargestBlock, other.LargestBlock),
        DroppedBlocks + other.DroppedBlocks);
}
