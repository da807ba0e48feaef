namespace Linkage.Core.Scoring;

/// <summary>What is expected of the links if pairs are accepted from one probability up.</summary>
/// <param name="Threshold">The probability from which a pair is a match; over 0 and under 1.</param>
/// <param name="Weight">The match weight from which a pair without rivals reaches it.</param>
/// <param name="Links">Pairs accepted, after one-to-one.</param>
/// <param name="FalseDiscovery">
/// Expected share of the links that join two persons, 0 to 1: the mean of one minus their probability; 0 without links.
/// </param>
/// <param name="FalseNonMatch">
/// Expected share of the true pairs among the candidates that are not accepted, 0 to 1. Pairs that met in no pass are
/// not counted.
/// </param>
/// <param name="Review">Pairs below the threshold and from the possible threshold up.</param>
/// <remarks>
/// As right as the probabilities are; nothing here knows the truth. Error rates as by T. R. Belin and D. B. Rubin, "A
/// method for calibrating false-match rates in record linkage", Journal of the American Statistical Association 90
/// (1995), 694–707.
/// </remarks>
public sealed record ThresholdRow(
    MatchProbability Threshold,
    MatchWeight Weight,
    long Links,
    double FalseDiscovery,
    double FalseNonMatch,
    long Review)
{
    /// <summary>Expected share of the links that are right, 0 to 1.</summary>
    public double Precision => 1 - FalseDiscovery;

    /// <summary>Expected share of the true pairs among the candidates that are links, 0 to 1.</summary>
    public double Recall => 1 - FalseNonMatch;

    /// <summary>The harmonic mean of precision and recall; 0 without links.</summary>
    public double F1 => Links > 0 && Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}
