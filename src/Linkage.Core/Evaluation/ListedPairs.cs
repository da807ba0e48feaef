namespace Linkage.Core.Evaluation;

/// <summary>Which true pairs were there to be found at all.</summary>
/// <param name="Pairs">Listed pairs, each once.</param>
/// <param name="TruePairs">True pairs among them.</param>
/// <param name="Completeness">
/// Share of all true pairs that are listed. If the file lists every candidate this is the pairs completeness.
/// </param>
/// <param name="Recall">Share of the listed true pairs that were predicted.</param>
public sealed record ListedPairs(long Pairs, long TruePairs, IntervalEstimate Completeness, IntervalEstimate Recall);
