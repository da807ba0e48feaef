namespace Linkage.Core.Evaluation;

/// <summary>Finds how far every group is behind the best one, figure by figure.</summary>
internal sealed class SubgroupGaps(SubgroupQuality[] groups, BootstrapDraws[] draws, ReachShares reach)
{
    private const double LeftOut = 0.05;

    // Every group but one is compared; what all comparisons together leave out is 5 %.
    private readonly double _quantile = ProportionIntervals.QuantileOf(LeftOut / Math.Max(1, groups.Length - 1));

    /// <summary>The gaps of each group, in the order of the groups.</summary>
    /// <remarks>
    /// The best group is sought among those with enough pairs: the best of many tiny ones is perfect by luck.
    /// </remarks>
    internal IReadOnlyList<SubgroupGap>[] Find()
    {
        List<SubgroupGap>[] gaps = [.. groups.Select(_ => new List<SubgroupGap>())];
        AddPairFigure(
            gaps, SubgroupFigure.Recall, quality => quality.Recall, quality => quality.TruePairs);
        AddPairFigure(
            gaps, SubgroupFigure.Precision, quality => quality.Precision, quality => quality.PredictedPairs);
        AddUnlinkable(gaps);
        return gaps;
    }

    private void AddPairFigure(
        List<SubgroupGap>[] gaps,
        SubgroupFigure name,
        Func<LinkageQuality, double> figure,
        Func<LinkageQuality, long> whole)
    {
        int best = Best(at => figure(groups[at].Quality), at => whole(groups[at].Quality));
        for (int at = 0; at < groups.Length && best >= 0; at++)
        {
            if (at == best || whole(groups[at].Quality) == 0)
            {
                continue;
            }

            IntervalEstimate counted = ProportionIntervals.Difference(Count(best), Count(at));
            double reach = _quantile * draws[best].DeviationFrom(draws[at], figure);
            gaps[at].Add(new SubgroupGap(name, new IntervalEstimate(
                counted.Value,
                Math.Min(counted.Low, counted.Value - reach),
                Math.Max(counted.High, counted.Value + reach))));
        }

        IntervalEstimate Count(int at)
        {
            LinkageQuality quality = groups[at].Quality;
            return ProportionIntervals.Wilson(figure(quality), quality.CorrectPairs, whole(quality), _quantile);
        }
    }

    private void AddUnlinkable(List<SubgroupGap>[] gaps)
    {
        int best = Best(
            at => reach.Unlinkable(1 + at, _quantile) is { } share ? -share.Value : double.NegativeInfinity,
            at => reach.Unlinkable(1 + at, _quantile) is null ? 0 : groups[at].Records);
        for (int at = 0; at < groups.Length && best >= 0; at++)
        {
            if (at != best && reach.Unlinkable(1 + at, _quantile) is { } share)
            {
                gaps[at].Add(new SubgroupGap(
                    SubgroupFigure.Unlinkable,
                    ProportionIntervals.Difference(share, reach.Unlinkable(1 + best, _quantile)!.Value)));
            }
        }
    }

    /// <summary>The group with the highest figure among those that are large enough, or -1.</summary>
    private int Best(Func<int, double> figure, Func<int, long> size) =>
        Enumerable.Range(0, groups.Length)
            .Where(at => size(at) >= SubgroupQuality.FewPairs)
            .OrderByDescending(figure)
            .ThenBy(at => at)
            .DefaultIfEmpty(-1)
            .First();
}
