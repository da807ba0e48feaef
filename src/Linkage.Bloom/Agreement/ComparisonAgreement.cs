namespace Linkage.Bloom.Agreement;

/// <summary>How far pairs of different records of one owner agree in one comparison.</summary>
/// <param name="Comparison">Name of the field or field group.</param>
/// <param name="Levels">
/// One cell a comparison level, worst first. The best level may be counted among more pairs than the others; the shares
/// sum to 1 but for the numbers that are not told.
/// </param>
public sealed record ComparisonAgreement(string Comparison, IReadOnlyList<AgreementCell> Levels);
