using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

/// <summary>What intervals and verdicts promise, on data made with a known truth.</summary>
public sealed class LinkageEvaluatorTestsOfChance
{
    private const int Runs = 200;

    private static readonly Lazy<SubgroupQuality[]> Totals = new(() =>
    [
        .. Enumerable.Range(0, Runs).Select(run => Evaluate(new SimulatedLinkage((ulong)run, 300)).Total),
    ]);

    [Fact]
    public void EvaluatePairs_PersonsFailTogether_IntervalsCoverTheTruthAndAreNotWide()
    {
        SubgroupQuality[] totals = Totals.Value;
        double f1 = 2 * SimulatedLinkage.Precision * SimulatedLinkage.Recall
            / (SimulatedLinkage.Precision + SimulatedLinkage.Recall);

        AssertHonest(SimulatedLinkage.Recall, [.. totals.Select(total => total.Recall)]);
        AssertHonest(SimulatedLinkage.Precision, [.. totals.Select(total => total.Precision)]);
        AssertHonest(f1, [.. totals.Select(total => total.F1)]);
    }

    [Fact]
    public void EvaluatePairs_PersonsFailTogether_CountsAloneWouldNotCover()
    {
        // What drawing persons is for: the same runs, with pairs taken for independent.
        int covered = Totals.Value.Select(total => total.Quality).Count(quality => Covers(
            ProportionIntervals.Wilson(
                quality.Recall, quality.CorrectPairs, quality.TruePairs, ProportionIntervals.UsualQuantile),
            SimulatedLinkage.Recall));

        Assert.True(covered < 0.85 * Runs);
    }

    [Fact]
    public void EvaluatePairs_GroupsAlike_RarelyFindsADifference()
    {
        int alarms = Enumerable.Range(0, Runs).Count(run =>
            Evaluate(new SimulatedLinkage((ulong)(1000 + run), 400, groups: 4)).Groups
                .Any(group => group.Gaps.Any(gap => gap.Figure == SubgroupFigure.Recall && gap.IsBeyondChance)));

        // At most one in twenty, and three standard errors of that many runs.
        Assert.True(alarms <= (0.05 * Runs) + (3 * Math.Sqrt(0.05 * 0.95 * Runs)));
    }

    private static LinkageEvaluation Evaluate(SimulatedLinkage linkage) =>
        LinkageEvaluator.EvaluatePairs(linkage.Records, linkage.Pairs);

    private static void AssertHonest(double truth, IntervalEstimate[] estimates)
    {
        double coverage = (double)estimates.Count(estimate => Covers(estimate, truth)) / Runs;
        double mean = estimates.Average(estimate => estimate.Value);
        double deviation = Math.Sqrt(estimates.Average(one => (one.Value - mean) * (one.Value - mean)));
        double width = estimates.Average(one => one.High - one.Low);

        // 95 % less two standard errors of 200 runs; as wide as 3.92 deviations, give or take a third.
        Assert.InRange(coverage, 0.92, 1);
        Assert.InRange(width / (3.92 * deviation), 0.85, 1.35);
    }

    private static bool Covers(IntervalEstimate estimate, double truth) =>
        estimate.Low <= truth && truth <= estimate.High;
}
