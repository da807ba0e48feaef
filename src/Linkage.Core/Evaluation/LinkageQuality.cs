namespace Linkage.Core.Evaluation;

/// <summary>How well predicted pairs agree with the truth: three counts and the figures made of them.</summary>
/// <remarks>
/// All figures lie in 0..1, none is ever NaN. Where a denominator is zero the usual convention holds: nothing to find
/// and nothing found is perfect (1); nothing found although there was something, or something found although there was
/// nothing, is worthless (0).
/// </remarks>
/// <param name="TruePairs">Pairs of records that are the same entity in truth.</param>
/// <param name="PredictedPairs">Pairs the linkage declared a match.</param>
/// <param name="CorrectPairs">Pairs that are both.</param>
public sealed record LinkageQuality(long TruePairs, long PredictedPairs, long CorrectPairs)
{
    /// <summary>Share of predicted pairs that are true; its complement is the false-discovery rate.</summary>
    public double Precision => Share(CorrectPairs, PredictedPairs, TruePairs);

    /// <summary>Share of true pairs that were predicted; its complement is the false-non-match rate.</summary>
    public double Recall => Share(CorrectPairs, TruePairs, PredictedPairs);

    /// <summary>Harmonic mean of precision and recall, 2c / (p + t) in counts.</summary>
    public double F1 => TruePairs == 0 && PredictedPairs == 0
        ? 1
        : 2.0 * CorrectPairs / ((double)TruePairs + PredictedPairs);

    private static double Share(long part, long whole, long other)
    {
        if (whole == 0)
        {
            return other == 0 ? 1 : 0;
        }

        return (double)part / whole;
    }
}
