namespace Linkage.Core.Blocking;

/// <summary>What one pass gave at the linkage unit.</summary>
/// <param name="Pass">Name of the pass.</param>
/// <param name="SharedBlocks">Blocks in which records were compared.</param>
/// <param name="Pairs">Pairs compared.</param>
/// <param name="LargestBlock">Records of all parties in the largest block, dropped ones included.</param>
/// <param name="DroppedBlocks">Blocks that held too many records of all parties together.</param>
/// <param name="NewPairs">Pairs that met in no pass before.</param>
public sealed record BlockTally(
    string Pass, long SharedBlocks, long Pairs, int LargestBlock, long DroppedBlocks, long NewPairs);
