using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>Pairs that compare alike and met in the same passes.</summary>
/// <param name="Pattern">Index of their pattern.</param>
/// <param name="Vector">Their comparison vector.</param>
/// <param name="Captures">The passes in which they met: bit i for pass i.</param>
/// <param name="Count">Number of such pairs.</param>
internal readonly record struct EstimationCell(int Pattern, ComparisonVector Vector, ushort Captures, long Count)
{
    /// <summary>Whether such a pair can be a non-match of the kind that a pass brings.</summary>
    public bool MayBeOfKind(int pass) => (Captures >> pass & 1) != 0;
}
