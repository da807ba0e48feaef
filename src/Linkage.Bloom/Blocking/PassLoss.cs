namespace Linkage.Bloom.Blocking;

/// <summary>Records that a pass does not compare with any other: of all that were surveyed, or of one group.</summary>
/// <param name="Group">
/// The group's name; empty for records that name none; null for all records, and for the groups of fewer than
/// 10 records, which count together.
/// </param>
/// <param name="Records">Records of the group.</param>
/// <param name="WithoutKey">Records that lack a part of the key.</param>
/// <param name="Dropped">Records whose block would be over the limit at the stated population.</param>
public sealed record PassLoss(string? Group, int Records, int WithoutKey, int Dropped);
