using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>The match probability of every candidate pair, as all decisions use it. Immutable.</summary>
internal sealed class PairProbabilities
{
    public PairProbabilities(double[] values, double scaleBits)
    {
        Values = values;
        ScaleBits = scaleBits;
    }

    /// <summary>By candidate pair; 0 to 1.</summary>
    public double[] Values { get; }

    /// <summary>What competition added to the log-odds of every pair, in bits, before it took its share.</summary>
    public double ScaleBits { get; }

    /// <summary>Every pair by its pattern alone.</summary>
    public static PairProbabilities Alone(CandidatePairs candidates, PatternScores scores) =>
        new([.. candidates.Pattern.Select(pattern => scores.Probabilities[pattern])], 0);
}
