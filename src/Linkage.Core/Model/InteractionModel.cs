namespace Linkage.Core.Model;

/// <summary>How two comparisons agree together, in every class of pairs.</summary>
/// <param name="First">Name of the one that comes first in the schema.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="MProbabilities">
/// Three distributions after one another: over the levels of both (first's level, then second's, the second's changing
/// fastest), over the first's where the second is missing, and over the second's where the first is missing.
/// </param>
/// <param name="UProbabilities">The same for every kind of non-match: [kind][state].</param>
public sealed record InteractionModel(
    string First,
    string Second,
    IReadOnlyList<double> MProbabilities,
    IReadOnlyList<IReadOnlyList<double>> UProbabilities);
