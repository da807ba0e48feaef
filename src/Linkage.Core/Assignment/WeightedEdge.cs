namespace Linkage.Core.Assignment;

/// <summary>A scored pair seen as an edge: two record numbers and the match weight between them.</summary>
/// <remarks>
/// In an assignment the two numbers count records of different sources, each from zero; in clustering both count the
/// same records. Lists of edges come heaviest first, ties in an order the caller fixes; the results depend on it.
/// </remarks>
/// <param name="Left">Number of the left record, from zero and dense: arrays are sized by the largest.</param>
/// <param name="Right">Number of the right record, from zero and dense.</param>
/// <param name="Weight">Match weight in bits; finite, or negative infinity.</param>
internal readonly record struct WeightedEdge(int Left, int Right, double Weight);
