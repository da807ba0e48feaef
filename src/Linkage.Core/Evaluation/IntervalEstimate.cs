namespace Linkage.Core.Evaluation;

/// <summary>A figure and the interval that holds its true value 95 times in 100.</summary>
/// <remarks>The interval covers chance in who is in the data, not mistakes in the truth itself.</remarks>
/// <param name="Value">The figure as measured.</param>
/// <param name="Low">Lower end; at most <paramref name="Value"/>.</param>
/// <param name="High">Upper end; at least <paramref name="Value"/>.</param>
public readonly record struct IntervalEstimate(double Value, double Low, double High);
