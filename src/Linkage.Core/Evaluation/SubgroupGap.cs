namespace Linkage.Core.Evaluation;

/// <summary>How far a group is behind the group that is best in a figure.</summary>
/// <remarks>
/// The interval holds for all groups compared in this figure together (Bonferroni), so the more groups there are, the
/// wider it is. Comparing each with the best that was seen is covered by that too (Hsu 1984, Constrained simultaneous
/// confidence intervals for multiple comparisons with the best, Annals of Statistics 12).
/// </remarks>
/// <param name="Figure">The figure.</param>
/// <param name="Gap">Distance to the best group, positive where this group is worse off; −1 to 1.</param>
public sealed record SubgroupGap(SubgroupFigure Figure, IntervalEstimate Gap)
{
    /// <summary>Whether the group is worse off and chance does not explain it.</summary>
    public bool IsBeyondChance => Gap.Low > 0;
}
