namespace Linkage.Core.Assignment;

/// <summary>Which side's records may have at most one partner.</summary>
/// <remarks>
/// A record is limited if the source on the other side is free of duplicates. The default value limits nobody, so every
/// edge with a positive weight is kept.
/// </remarks>
/// <param name="LeftLimited">Whether a left record keeps at most one edge.</param>
/// <param name="RightLimited">Whether a right record keeps at most one edge.</param>
internal readonly record struct AssignmentLimits(bool LeftLimited, bool RightLimited)
{
    /// <summary>Both sides limited: one-to-one.</summary>
    internal static AssignmentLimits OneToOne => new(true, true);
}
