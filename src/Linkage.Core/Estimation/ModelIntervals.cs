namespace Linkage.Core.Estimation;

/// <summary>How sure an estimated model is: 95 % intervals of its figures.</summary>
/// <param name="Prior">Interval of the prior.</param>
/// <param name="Comparisons">Intervals of m and u, in schema order.</param>
/// <remarks>
/// They come from the curvature of the likelihood on the scale of log-odds and so cover chance, given the model: not a
/// wrong model, and not that pairs which share a record are not quite independent.
/// </remarks>
public sealed record ModelIntervals(ProbabilityInterval Prior, IReadOnlyList<ComparisonIntervals> Comparisons);
