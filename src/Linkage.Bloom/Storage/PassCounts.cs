namespace Linkage.Bloom.Storage;

/// <summary>What became of a party's records in one pass.</summary>
/// <param name="Rows">Records that travel in the pass.</param>
/// <param name="WithoutKey">Records that lack a part of the key.</param>
/// <param name="DroppedRecords">Records of blocks over the limit.</param>
/// <param name="DroppedBlocks">Blocks over the limit.</param>
/// <param name="LargestBlock">Records in the largest block, dropped ones included.</param>
public sealed record PassCounts(int Rows, int WithoutKey, int DroppedRecords, int DroppedBlocks, int LargestBlock);
