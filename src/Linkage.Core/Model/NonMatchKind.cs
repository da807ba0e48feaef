namespace Linkage.Core.Model;

/// <summary>Non-matches that one pass brings, or all of them, and how they agree.</summary>
/// <param name="Pass">Name of the pass; <c>all</c> where the non-matches were taken as one crowd.</param>
/// <param name="Share">Their share of all non-matches among the candidates.</param>
/// <param name="UProbabilities">
/// u of every comparison and level: [comparison][level], each comparison summing to 1.
/// </param>
public sealed record NonMatchKind(string Pass, double Share, IReadOnlyList<IReadOnlyList<double>> UProbabilities);
