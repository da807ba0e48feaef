using Linkage.Bloom.Schemas;
using Linkage.Core.Reporting;

namespace Linkage.Core.Scoring;

/// <summary>What a run expects of every threshold, without the truth. Immutable.</summary>
public sealed class ThresholdTable
{
    /// <summary>The least false-discovery rate that can be asked for.</summary>
    /// <remarks>Links from a probability of .9999 up, the highest row, keep it by themselves.</remarks>
    public static double LeastTarget => 0.0001;

    internal ThresholdTable(double expectedMatches, IReadOnlyList<ThresholdRow> rows)
    {
        ExpectedMatches = expectedMatches;
        Rows = rows;
    }

    /// <summary>How many candidate pairs are expected to be one person: the sum of all probabilities.</summary>
    public double ExpectedMatches { get; }

    /// <summary>By rising threshold; never empty.</summary>
    public IReadOnlyList<ThresholdRow> Rows { get; }

    /// <summary>Reads the table of an earlier run.</summary>
    /// <param name="path">The file <c>run.json</c> that the run wrote.</param>
    /// <returns>The table.</returns>
    /// <exception cref="FormatException">The file holds no valid table; the message names the place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ThresholdTable Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ThresholdsPart.Load(path);
    }

    /// <summary>The threshold to link by.</summary>
    /// <param name="targetFalseDiscovery">
    /// The expected share of wrong links that is borne, from <see cref="LeastTarget"/> to under 1; null to weigh wrong
    /// and missed links equally.
    /// </param>
    /// <returns>
    /// With a target the lowest row from which on all rows keep it; without, the row of the greatest expected F1, the
    /// higher one of a tie.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The target is out of range.</exception>
    public ThresholdRow Recommend(double? targetFalseDiscovery = null)
    {
        if (targetFalseDiscovery is not { } target)
        {
            return Rows.Reverse().MaxBy(row => row.F1)!;
        }

        ThrowIfNoTarget(target, nameof(targetFalseDiscovery));
        return Rows.Reverse().TakeWhile(row => row.FalseDiscovery <= target).LastOrDefault() ?? Rows[^1];
    }

    internal static void ThrowIfNoTarget(double target, string name)
    {
        if (!(target >= LeastTarget && target < 1))
        {
            throw new ArgumentOutOfRangeException(name, "A target for false discovery is from 0.0001 to under 1.");
        }
    }

    /// <summary>The thresholds of a run: the schema's, or those of the target if there is one.</summary>
    internal DecisionThresholds Choose(DecisionThresholds schema, double? targetFalseDiscovery)
    {
        if (targetFalseDiscovery is null)
        {
            return schema;
        }

        double match = Recommend(targetFalseDiscovery).Threshold.Value;
        return new DecisionThresholds(match, Math.Min(match, schema.Possible));
    }
}
