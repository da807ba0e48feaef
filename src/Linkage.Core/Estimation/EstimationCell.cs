using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>Pairs that compare alike and met in the same passes.</summary>
/// <param name="Pattern">Index of their pattern.</param>
/// <param name="Vector">Their comparison vector.</param>
/// <param name="Captures">The passes in which they met: bit i for pass i.</param>
/// <param name="Count">Number of such pairs.</param>
/// <param name="IsMatch">What a person has decided of them; null for what is to be estimated.</param>
internal readonly record struct EstimationCell(
    int Pattern, ComparisonVector Vector, ushort Captures, long Count, bool? IsMatch = null)
{
    /// <summary>Whether such a pair can be a non-match of the kind that a pass brings.</summary>
    public bool MayBeOfKind(int pass) => IsMatch != true && (Captures >> pass & 1) != 0;

    /// <summary>Whether such a pair can be of a class: 0 is the matches, k the kind of pass k − 1.</summary>
    public bool MayBeOfClass(int k) => k == 0 ? IsMatch != false : MayBeOfKind(k - 1);
}
