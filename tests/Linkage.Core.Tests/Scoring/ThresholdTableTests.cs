using Linkage.Bloom.Schemas;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

/// <summary>Records 0 to 3 are the first party's, 4 to 7 the second's; level i weighs i − 5 bits.</summary>
public sealed class ThresholdTableTests
{
    private static ThresholdRow Row(double threshold, long links, double falseDiscovery, double falseNonMatch) =>
        new(new MatchProbability(threshold), new MatchWeight(0), links, falseDiscovery, falseNonMatch, 0);

    private static ThresholdTable Table(params ThresholdRow[] rows) => new(10, rows);

    private static ThresholdTable Estimate((int Left, int Right, int Level)[] pairs, DecisionThresholds thresholds)
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("party0", NumberRows.Make(4, 0));
        project.Add("party1", NumberRows.Make(4, 1));
        LinkPlan plan = LinkPlan.Create(project.Files, new LinkerOptions());
        CandidatePairs candidates = Met.Pairs(pairs);
        var scores = new PatternScores(candidates.Patterns, TestModels.Ladder);
        var decider = new PairDecider(
            plan,
            new RecordSpace(project.Files),
            candidates,
            scores,
            PairProbabilities.Alone(candidates, scores),
            DecidedLinks.None);
        return ThresholdEstimator.Estimate(decider, thresholds, scores.PriorLogOdds, CancellationToken.None);
    }

    [Fact]
    public void Estimate_KnownPairs_AddsUpTheirProbabilities()
    {
        // 8/9, 2/3, 1/2, 1/3; the pair of 1/3 loses to that of 8/9.
        ThresholdTable table = Estimate(
            [(0, 4, 8), (1, 5, 6), (2, 6, 5), (0, 7, 4)], new DecisionThresholds(0.62, 0.1));

        double all = (8 / 9.0) + (2 / 3.0) + (1 / 2.0) + (1 / 3.0);
        ThresholdRow row = table.Rows.Single(row => row.Threshold.Value == 0.62);
        Assert.Equal(all, table.ExpectedMatches, 12);
        Assert.Equal(2, row.Links);
        Assert.Equal(1, row.Review);
        Assert.Equal(1 - (((8 / 9.0) + (2 / 3.0)) / 2), row.FalseDiscovery, 12);
        Assert.Equal(1 - (((8 / 9.0) + (2 / 3.0)) / all), row.FalseNonMatch, 12);
        Assert.Equal(Math.Log2(0.62 / 0.38), row.Weight.Bits, 12);
    }

    [Fact]
    public void Estimate_RisingThreshold_LinksFallAndErrorsTrade()
    {
        ThresholdTable table = Estimate(
            [(0, 4, 9), (1, 5, 6), (2, 6, 3), (0, 7, 4), (3, 7, 1)], DecisionThresholds.Default);

        foreach ((ThresholdRow low, ThresholdRow high) in table.Rows.Zip(table.Rows.Skip(1)))
        {
            Assert.True(low.Threshold.Value < high.Threshold.Value);
            Assert.True(low.Links >= high.Links);
            Assert.True(low.FalseNonMatch <= high.FalseNonMatch);
            Assert.True(low.FalseDiscovery >= high.FalseDiscovery);
            Assert.True(high.FalseDiscovery <= 1 - high.Threshold.Value);
        }
    }

    [Fact]
    public void Estimate_NoPairs_ExpectsNothing()
    {
        ThresholdTable table = Estimate([], DecisionThresholds.Default);

        Assert.Equal(0, table.ExpectedMatches);
        Assert.All(table.Rows, row => Assert.Equal((0, 0, 0), (row.Links, row.FalseDiscovery, row.F1)));
    }

    [Fact]
    public void Recommend_NoTarget_TakesTheGreatestF1AndTheHigherOfATie()
    {
        ThresholdTable table = Table(
            Row(0.2, 12, 0.3, 0), Row(0.5, 10, 0.1, 0.1), Row(0.7, 10, 0.1, 0.1), Row(0.9, 5, 0, 0.5));

        Assert.Equal(0.7, table.Recommend().Threshold.Value);
    }

    [Fact]
    public void Recommend_Target_TakesTheLowestRowFromWhichAllKeepIt()
    {
        ThresholdTable table = Table(
            Row(0.2, 12, 0.01, 0), Row(0.5, 10, 0.1, 0.1), Row(0.7, 9, 0.05, 0.1), Row(0.9, 5, 0.01, 0.5));

        Assert.Equal(0.7, table.Recommend(0.05).Threshold.Value);
        Assert.Equal(0.9, table.Recommend(0.04).Threshold.Value);
        Assert.Equal(0.2, table.Recommend(0.2).Threshold.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.00009)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Recommend_TargetOutOfRange_IsRefused(double target)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Table(Row(0.5, 1, 0.1, 0)).Recommend(target));
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("party0", NumberRows.Make(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => LinkPlan.Create(project.Files, new LinkerOptions { TargetFalseDiscovery = target }));
    }

    [Fact]
    public void Load_DamagedOrOldFile_NamesThePlace()
    {
        using var folder = new TemporaryDirectory();
        foreach ((string json, string place) in new[]
        {
            ("{}", "thresholds"),
            ("""{"thresholds":{"expectedMatches":-1,"rows":[]}}""", "thresholds.expectedMatches"),
            ("""{"thresholds":{"expectedMatches":1,"rows":[]}}""", "thresholds.rows"),
            ("""{"thresholds":{"expectedMatches":1,"rows":[7]}}""", "thresholds.rows[0].threshold"),
            ("{", "line 1"),
        })
        {
            string path = folder.PathOf(LinkResultFiles.RunName);
            File.WriteAllText(path, json);

            FormatException exception = Assert.Throws<FormatException>(() => ThresholdTable.Load(path));
            Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 0.0, false)]
    [InlineData(1, 0.0, true)]
    [InlineData(3, 1.0, false)]
    [InlineData(9, 1.0, true)]
    [InlineData(110, 100.0, false)]
    [InlineData(150, 100.0, true)]
    public void IsBeyondChance_Count_IsJudgedByItsMean(long count, double mean, bool expected) =>
        Assert.Equal(expected, ContradictionCounter.IsBeyondChance(count, mean));

    [Fact]
    public void Check_SurePartnersOfOneRecord_AreProvenErrorsBeyondTheFirst()
    {
        CandidatePairs candidates = Met.Pairs((0, 4, 9), (0, 5, 9), (0, 6, 9), (1, 4, 9), (2, 7, 0));

        CalibrationCheck check = ContradictionCounter.Check(
            candidates, [0, 0, 0, 0, 1, 1, 1, 1], [true, true], [0.5, 0.995])!;

        // Record 0 has three sure partners, record 4 two; the pair of both is in both counts.
        Assert.Equal((4, 2), (check.SurePairs, check.ProvenErrors));
        Assert.Equal(0.02, check.ExpectedErrors, 12);
        Assert.True(check.IsTooSure);
        Assert.Null(ContradictionCounter.Check(
            candidates, [0, 0, 0, 0, 1, 1, 1, 1], [false, false], [0.5, 0.995]));
    }
}
