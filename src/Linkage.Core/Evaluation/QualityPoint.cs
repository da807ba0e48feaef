namespace Linkage.Core.Evaluation;

/// <summary>The quality a linkage would have if every pair from a weight upwards were a match.</summary>
/// <remarks>Zero denominators are treated as <see cref="LinkageQuality"/> says.</remarks>
/// <param name="Weight">The threshold: pairs of this weight and above count as predicted.</param>
/// <param name="Precision">Share of those pairs that are true.</param>
/// <param name="Recall">Share of the true pairs among them.</param>
/// <param name="F1">Harmonic mean of both.</param>
public sealed record QualityPoint(double Weight, double Precision, double Recall, double F1);
