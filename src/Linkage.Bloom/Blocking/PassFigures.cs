using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>What a pass of a schema costs and loses on an owner's records.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="ExpectedPairs">
/// Records of one other file that share a record's block by chance, on average, at the stated population; pairs of
/// blocks over the limit do not count.
/// </param>
/// <param name="LargestBlock">Records of one file in the largest block at the stated population.</param>
/// <param name="Loss">Of all surveyed records, those the pass does not compare.</param>
/// <param name="GroupLosses">The same by group, in ordinal order of the names; empty without groups.</param>
public sealed record PassFigures(
    PassSchema Pass, double ExpectedPairs, double LargestBlock, PassLoss Loss, IReadOnlyList<PassLoss> GroupLosses);
