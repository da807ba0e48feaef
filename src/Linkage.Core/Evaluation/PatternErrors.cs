namespace Linkage.Core.Evaluation;

/// <summary>What went wrong among the listed pairs of one agreement pattern.</summary>
/// <param name="Pattern">The pattern as in <c>pairs.csv</c>, one character per comparison.</param>
/// <param name="Pairs">Listed pairs with it.</param>
/// <param name="TruePairs">Those that are true.</param>
/// <param name="MeanProbability">Mean stated probability; NaN if none was stated.</param>
/// <param name="FalseMatches">Predicted pairs that are not true.</param>
/// <param name="MissedMatches">True pairs that were listed and not predicted.</param>
public sealed record PatternErrors(
    string Pattern, long Pairs, long TruePairs, double MeanProbability, long FalseMatches, long MissedMatches);
