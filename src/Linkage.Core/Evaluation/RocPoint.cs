namespace Linkage.Core.Evaluation;

/// <summary>What a threshold on the weight lets through among the listed pairs.</summary>
/// <param name="Weight">The threshold: pairs of this weight and above count as predicted.</param>
/// <param name="FalsePositiveRate">Share of the listed pairs of two persons among them, 0 to 1.</param>
/// <param name="TruePositiveRate">Share of the listed true pairs among them, 0 to 1.</param>
public sealed record RocPoint(double Weight, double FalsePositiveRate, double TruePositiveRate);
