namespace Linkage.Core.Comparisons;

/// <summary>A distinct comparison vector and how many pairs have it.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Count">Pairs, each counted once.</param>
public readonly record struct AgreementPattern(ComparisonVector Vector, long Count);
