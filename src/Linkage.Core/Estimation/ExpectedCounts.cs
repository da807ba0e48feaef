namespace Linkage.Core.Estimation;

/// <summary>Expected numbers of pairs, given responsibilities.</summary>
/// <param name="Classes">Pairs of every class.</param>
/// <param name="States">Pairs of every state: [class][factor][state].</param>
internal sealed record ExpectedCounts(double[] Classes, double[][][] States);
