using Linkage.Core.Comparisons;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core;

/// <summary>Two records that were compared, and what came of it.</summary>
public readonly record struct LinkedPair
{
    private readonly RecordSpace _space;

    internal LinkedPair(
        RecordSpace space, int leftRecord, int rightRecord, ComparisonVector vector, double weight, double probability,
        Decision decision)
    {
        _space = space;
        LeftRecord = leftRecord;
        RightRecord = rightRecord;
        Vector = vector;
        Weight = new MatchWeight(weight);
        Probability = new MatchProbability(probability);
        Decision = decision;
    }

    /// <summary>The record of the earlier file.</summary>
    public RecordReference Left => _space.Reference(LeftRecord);

    /// <summary>The record of the later file.</summary>
    public RecordReference Right => _space.Reference(RightRecord);

    /// <summary>Number of the left record, counted over the files in order, by handle within a file.</summary>
    public int LeftRecord { get; }

    /// <summary>Number of the right record.</summary>
    public int RightRecord { get; }

    /// <summary>The answers of all comparisons.</summary>
    public ComparisonVector Vector { get; }

    /// <summary>The evidence.</summary>
    public MatchWeight Weight { get; }

    /// <summary>The probability that both are one person.</summary>
    public MatchProbability Probability { get; }

    /// <summary>What was decided.</summary>
    public Decision Decision { get; }
}
