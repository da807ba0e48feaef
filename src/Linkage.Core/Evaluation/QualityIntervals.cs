namespace Linkage.Core.Evaluation;

/// <summary>Puts counts and draws together into figures with intervals.</summary>
internal static class QualityIntervals
{
    /// <summary>All figures of a group.</summary>
    /// <param name="group">Its label.</param>
    /// <param name="quality">Its counts.</param>
    /// <param name="draws">Its counts in every draw.</param>
    /// <param name="reach">The reach of records.</param>
    /// <param name="at">Where the group is in it.</param>
    internal static SubgroupQuality Of(
        string group, LinkageQuality quality, BootstrapDraws draws, ReachShares reach, int at) => new()
        {
            Group = group,
            Records = reach.Records(at),
            Quality = quality,
            Precision = draws.Estimate(
                one => one.Precision, Wilson(quality.Precision, quality.CorrectPairs, quality.PredictedPairs)),
            Recall = Recall(quality, draws),
            F1 = draws.Estimate(one => one.F1, CountedF1(quality)),
            Unlinkable = reach.Unlinkable(at, ProportionIntervals.UsualQuantile),
            InNoPass = reach.InNoPass(at, ProportionIntervals.UsualQuantile),
        };

    /// <summary>The recall of counts with its interval.</summary>
    internal static IntervalEstimate Recall(LinkageQuality quality, BootstrapDraws draws) =>
        draws.Estimate(one => one.Recall, Wilson(quality.Recall, quality.CorrectPairs, quality.TruePairs));

    // F1 is 2 J / (1 + J) of the share J of pairs that are both among those that are true or predicted, and it rises
    // with J, so the ends of J's interval are those of F1's.
    private static IntervalEstimate CountedF1(LinkageQuality quality)
    {
        long either = quality.TruePairs + quality.PredictedPairs - quality.CorrectPairs;
        double share = either == 0 ? 1 : (double)quality.CorrectPairs / either;
        IntervalEstimate interval = Wilson(share, quality.CorrectPairs, either);
        return new IntervalEstimate(
            quality.F1,
            Math.Min(quality.F1, 2 * interval.Low / (1 + interval.Low)),
            Math.Max(quality.F1, 2 * interval.High / (1 + interval.High)));
    }

    private static IntervalEstimate Wilson(double value, long part, long whole) =>
        ProportionIntervals.Wilson(value, part, whole, ProportionIntervals.UsualQuantile);
}
