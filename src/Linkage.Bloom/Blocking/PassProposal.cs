using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>A pass the advisor proposes, with what it will cost.</summary>
/// <param name="Pass">The pass, named after its key parts.</param>
/// <param name="ExpectedPairs">
/// Records of one other file that share a record's block by chance, on average: N · c, where c is the share of all
/// pairs of records that share a key. Pairs of blocks over the limit do not count: those blocks are dropped.
/// </param>
/// <param name="LargestBlock">Records of one file in the largest block: N · p, where p is the block's share.</param>
/// <param name="Coverage">Share of records that have a key in this pass, 0 to 1.</param>
/// <param name="Dropped">Share of records in blocks over the limit, 0 to 1.</param>
public sealed record PassProposal(
    PassSchema Pass, double ExpectedPairs, double LargestBlock, double Coverage, double Dropped);
