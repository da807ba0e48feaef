using Linkage.Bloom.Schemas;

namespace Linkage.Core.Scoring;

/// <summary>Sums up what the probabilities of all pairs say of every threshold.</summary>
internal static class ThresholdEstimator
{
    /// <summary>The thresholds that are always in the table: even steps, and finer ones at both ends.</summary>
    private static readonly double[] Ladder =
    [
        0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9,
        0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999,
    ];

    /// <summary>Makes the table.</summary>
    /// <param name="decider">Decides by other thresholds, one to one.</param>
    /// <param name="schema">The thresholds agreed on; that of a match gets a row too.</param>
    /// <param name="priorLogOdds">Of the model, in bits.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ThresholdTable Estimate(
        PairDecider decider, DecisionThresholds schema, double priorLogOdds, CancellationToken cancellationToken)
    {
        double expected = decider.Probabilities.Values.Sum();
        var rows = new List<ThresholdRow>();

        // Above the possible threshold the same pairs survive one-to-one whatever makes a match; below it, a threshold
        // lets more pairs take part.
        foreach (IGrouping<double, double> group in Ladder.Append(schema.Match).Distinct().Order()
            .GroupBy(threshold => Math.Min(threshold, schema.Possible)))
        {
            double[] kept = Kept(decider, group.Key, cancellationToken);
            rows.AddRange(group.Select(threshold => Row(kept, threshold, expected, Weight(threshold))));
        }

        return new ThresholdTable(expected, rows);

        double Weight(double threshold) =>
            Math.Log2(threshold / (1 - threshold)) - priorLogOdds - decider.Probabilities.ScaleBits;
    }

    /// <summary>The probabilities of the pairs that are at least possible, one to one.</summary>
    private static double[] Kept(PairDecider decider, double possible, CancellationToken cancellationToken)
    {
        Decision[] decisions = decider.Decide(new DecisionThresholds(possible, possible), cancellationToken).Decisions;
        return [.. decider.Probabilities.Values.Where((_, i) => decisions[i] == Decision.Match)];
    }

    private static ThresholdRow Row(double[] kept, double threshold, double expected, double weight)
    {
        long links = 0;
        double right = 0;
        foreach (double probability in kept)
        {
            if (probability >= threshold)
            {
                links++;
                right += probability;
            }
        }

        return new ThresholdRow(
            new MatchProbability(threshold),
            new MatchWeight(weight),
            links,
            links > 0 ? Math.Clamp(1 - (right / links), 0, 1) : 0,
            expected > 0 ? Math.Clamp(1 - (right / expected), 0, 1) : 0,
            kept.Length - links);
    }
}
