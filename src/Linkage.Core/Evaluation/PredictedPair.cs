namespace Linkage.Core.Evaluation;

/// <summary>A pair as the linkage scored and decided it; the order of the two records has no meaning.</summary>
/// <param name="Left">Number of one record.</param>
/// <param name="Right">Number of the other record; never the same one.</param>
/// <param name="Weight">Match weight in bits; any number but NaN. Only the curve looks at it.</param>
/// <param name="IsMatch">Whether the decision was <c>match</c>. The curve does not look at it.</param>
public readonly record struct PredictedPair(int Left, int Right, double Weight, bool IsMatch);
