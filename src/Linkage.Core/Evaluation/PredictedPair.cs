namespace Linkage.Core.Evaluation;

/// <summary>A pair as the linkage scored and decided it; the order of the two records has no meaning.</summary>
/// <param name="Left">Number of one record.</param>
/// <param name="Right">Number of the other record; never the same one.</param>
/// <param name="Weight">Match weight in bits; any number but NaN. Only curves look at it.</param>
/// <param name="IsMatch">Whether the decision was <c>match</c>. Curves do not look at it.</param>
public readonly record struct PredictedPair(int Left, int Right, double Weight, bool IsMatch)
{
    /// <summary>Match probability that the linkage states, 0 to 1; null if it states none.</summary>
    public double? Probability { get; init; }

    /// <summary>Agreement pattern, one character per comparison; null if unknown.</summary>
    public string? Pattern { get; init; }
}
