using Linkage.Core.Comparisons;

namespace Linkage.Core.Blocking;

/// <summary>Two rows of one pass that share a block, and how they compare.</summary>
/// <param name="Left">Row, counted over the files in order.</param>
/// <param name="Right">A later one.</param>
/// <param name="Vector">The comparison vector.</param>
internal readonly record struct RowPair(int Left, int Right, ComparisonVector Vector);
