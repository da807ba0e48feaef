namespace Linkage.Core.Evaluation;

/// <summary>The quality among the pairs that touch a group of records, or among all, with intervals.</summary>
/// <remarks>A pair counts for the group of each of its records, as <see cref="GroupQuality"/> says.</remarks>
public sealed record SubgroupQuality
{
    /// <summary>True pairs below which no difference is no finding: the group is too small to show one.</summary>
    internal const int FewPairs = 50;

    /// <summary>The group's label; empty for records without one and for all records together.</summary>
    public required string Group { get; init; }

    /// <summary>Number of its records.</summary>
    public required long Records { get; init; }

    /// <summary>Counts and figures.</summary>
    public required LinkageQuality Quality { get; init; }

    /// <summary>Share of predicted pairs that are true.</summary>
    public required IntervalEstimate Precision { get; init; }

    /// <summary>Share of true pairs that were predicted.</summary>
    public required IntervalEstimate Recall { get; init; }

    /// <summary>Harmonic mean of both.</summary>
    public required IntervalEstimate F1 { get; init; }

    /// <summary>Share of predicted pairs that the stated probabilities expect to be wrong; null without them.</summary>
    public double? ExpectedErrorShare { get; init; }

    /// <summary>
    /// Share of records that would not be linked even to a copy of themselves: they are in no pass, or the match with
    /// the copy stays below the threshold. Null where reach is unknown.
    /// </summary>
    public IntervalEstimate? Unlinkable { get; init; }

    /// <summary>Share of records that have no row in any pass; null where reach is unknown.</summary>
    public IntervalEstimate? InNoPass { get; init; }

    /// <summary>How far it is behind the best group, by figure; without an entry where it is the best itself.</summary>
    public IReadOnlyList<SubgroupGap> Gaps { get; init; } = [];

    /// <summary>Whether it has too few true pairs for a missing difference to mean anything.</summary>
    public bool IsSmall => Quality.TruePairs < FewPairs;

    /// <summary>The quality alone: the label comes from a record's field and stays out of logs.</summary>
    /// <returns>Counts and figures.</returns>
    public override string ToString() => $"{nameof(SubgroupQuality)} {{ {Quality} }}";
}
