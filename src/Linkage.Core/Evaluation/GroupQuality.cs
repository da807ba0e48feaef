namespace Linkage.Core.Evaluation;

/// <summary>The quality among the pairs that touch one group of records: the check for bias.</summary>
/// <remarks>
/// A pair counts for the group of each of its records; when they differ it counts for both, so that a true pair lost
/// because the records disagree in the group's field still shows. Sums over groups may therefore exceed the total.
/// </remarks>
/// <param name="Group">The group's label; empty for records without one.</param>
/// <param name="Quality">Counts and figures of the group's pairs.</param>
public sealed record GroupQuality(string Group, LinkageQuality Quality)
{
    /// <summary>The quality alone: the label comes from a record's field and stays out of logs.</summary>
    /// <returns>Counts and figures.</returns>
    public override string ToString() => $"{nameof(GroupQuality)} {{ {Quality} }}";
}
