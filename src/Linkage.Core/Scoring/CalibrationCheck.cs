namespace Linkage.Core.Scoring;

/// <summary>Whether the surest pairs contradict each other more than their probabilities allow.</summary>
/// <param name="SurePairs">Pairs between parties with a probability of .99 or more by their pattern alone.</param>
/// <param name="ExpectedErrors">How many of them should be wrong: the sum of one minus their probability.</param>
/// <param name="ProvenErrors">
/// How many of them must be wrong at least: a record's partners beyond the first in a file that lists everybody once.
/// </param>
/// <param name="IsTooSure">
/// Whether so many proven errors are no chance: under the expected number they have a probability below .001.
/// </param>
/// <remarks>
/// A lower bound: errors that contradict nothing are not seen, so "consistent" is no proof. It takes the promise of
/// files without duplicates at its word; where that is broken, the duplicates count as errors.
/// </remarks>
public sealed record CalibrationCheck(long SurePairs, double ExpectedErrors, long ProvenErrors, bool IsTooSure)
{
    /// <summary>Expected share of errors among the sure pairs, 0 to 1; 0 where there are none.</summary>
    public double ExpectedShare => SurePairs > 0 ? ExpectedErrors / SurePairs : 0;

    /// <summary>Proven share of errors among the sure pairs, 0 to 1; 0 where there are none.</summary>
    public double ProvenShare => SurePairs > 0 ? (double)ProvenErrors / SurePairs : 0;
}
