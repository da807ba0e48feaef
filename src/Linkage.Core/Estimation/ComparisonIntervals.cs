namespace Linkage.Core.Estimation;

/// <summary>How sure the figures of one comparison are; by level, worst first.</summary>
/// <param name="Name">Name of the field or group.</param>
/// <param name="M">Intervals of m; of no width where m is fixed.</param>
/// <param name="U">Intervals of u; null where u is what the owners counted.</param>
public sealed record ComparisonIntervals(
    string Name, IReadOnlyList<ProbabilityInterval> M, IReadOnlyList<ProbabilityInterval>? U);
