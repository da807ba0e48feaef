using Linkage.Core.Assignment;
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

    /// <summary>The same with what persons decided: 1 for one person, 0 for two and for the rivals of a
    /// match.</summary>
    public PairProbabilities With(CandidatePairs candidates, DecidedPartners decided)
    {
        if (decided.IsEmpty)
        {
            return this;
        }

        double[] values = [.. Values];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = decided.Of(candidates.Left[i], candidates.Right[i]) switch
            {
                Verdict.Match => 1,
                Verdict.NonMatch => 0,
                _ => values[i],
            };
        }

        return new PairProbabilities(values, ScaleBits);
    }
}
