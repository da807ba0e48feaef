namespace Linkage.Bloom.Blocking;

/// <summary>How far the passes let equal values of a name be chained together.</summary>
/// <remarks>
/// Whoever sees which records of several passes are one record, and which values of a block are equal, can join a
/// record to the next over pass after pass. Of each of the 20 most frequent values, the largest class so joined is
/// counted; a class of one is none. Large classes rebuild the name's frequency table.
/// </remarks>
/// <param name="Field">Name of the field.</param>
/// <param name="Values">Values that were looked at: up to 20, each of at least two records.</param>
/// <param name="Share">Share of these values' records that are in the largest class of their value, 0 to 1.</param>
/// <param name="LargestShare">The same of the value with the highest share.</param>
public sealed record ChainedClassShare(string Field, int Values, double Share, double LargestShare);
