namespace Linkage.Core.Evaluation;

/// <summary>How well entities agree with the truth from the view of a record: B-cubed figures.</summary>
/// <remarks>
/// Bagga and Baldwin 1998, Algorithms for scoring coreference chains, equations 1 and 2, every record weighing the
/// same. Pairs within a source count here as those across, and a record alone in truth and in result counts as right.
/// A record of unknown truth is a person of its own. All figures lie in 0..1; without records they are 1.
/// </remarks>
/// <param name="Precision">Mean over records: share of the record's entity that is its person.</param>
/// <param name="Recall">Mean over records: share of the record's person that is in its entity.</param>
/// <param name="F1">Harmonic mean of both.</param>
public sealed record BCubedQuality(IntervalEstimate Precision, IntervalEstimate Recall, IntervalEstimate F1);
