namespace Linkage.Bloom.Schemas;

/// <summary>The two probabilities between which a pair is left to a person.</summary>
/// <param name="Match">From this probability a pair is a match; between 0.5 and 1.</param>
/// <param name="Possible">From this probability, below <paramref name="Match"/>, a pair is a possible match.</param>
public sealed record DecisionThresholds(double Match, double Possible)
{
    /// <summary>The default: more likely one person than two is a match, down to one in ten is possible.</summary>
    public static DecisionThresholds Default { get; } = new(0.5, 0.1);
}
