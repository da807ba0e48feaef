namespace Linkage.Core.Evaluation;

/// <summary>Estimated share of the true pairs that met in at least one pass; no truth is needed for it.</summary>
/// <remarks>
/// Pairs that never met were never compared, so this bounds the recall that a linkage can have. Found by log-linear
/// capture and recapture over passes that share no field. Immutable and safe to share between threads.
/// </remarks>
/// <param name="Estimate">The share, 0 to 1.</param>
/// <param name="Low">Lower end of its 95 % interval; at most <paramref name="Estimate"/>.</param>
/// <param name="High">Upper end of its 95 % interval; at least <paramref name="Estimate"/>.</param>
/// <param name="CorePasses">Names of the passes it was estimated from, in the order of the schema.</param>
public sealed record PairsCompleteness(double Estimate, double Low, double High, IReadOnlyList<string> CorePasses);
