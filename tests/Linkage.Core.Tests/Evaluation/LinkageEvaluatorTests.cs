using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class LinkageEvaluatorTests
{
    private const int Count = 9;

    private sealed record Instance(int SourceCount, int[] Sources, int[] Truth, int[] Entities, int[] Groups)
    {
        internal PredictedPair[] Pairs { get; init; } = [];

        internal EvaluationRecords Records =>
            new(SourceCount, Sources, Truth, [.. Groups.Select(group => $"{group}")]);

        internal PredictedPair[] Unique => UniquePairs.Of(Records, Pairs).ToArray();
    }

    private static Gen<PredictedPair[]> SomePairs =>
        Gen.Choose(0, Count - 1).SelectMany(left => Gen.Choose(1, Count - 1).SelectMany(step =>
            Gen.Choose(-4, 4).SelectMany(weight => Gen.Choose(0, 1).Select(match =>
                new PredictedPair(left, (left + step) % Count, weight, match == 1)
                {
                    Probability = 1 / (1 + Math.Pow(2, -weight)),
                    Pattern = $"{weight + 4}",
                })))).ArrayOf();

    private static Arbitrary<Instance> Instances =>
        Gen.Choose(1, 3).SelectMany(count =>
            Gen.Choose(0, count - 1).ArrayOf(Count).SelectMany(sources =>
                Gen.Choose(-1, 3).ArrayOf(Count).SelectMany(truth =>
                    Gen.Choose(-1, 3).ArrayOf(Count).SelectMany(entities =>
                        Gen.Choose(0, 2).ArrayOf(Count).SelectMany(groups =>
                            SomePairs.Select(pairs =>
                                new Instance(count, sources, truth, entities, groups) { Pairs = pairs }))))))
        .ToArbitrary();

    [Fact]
    public void Tallies_EveryPersonOnce_AreTheCounts() =>
        Prop.ForAll(Instances, instance =>
        {
            EvaluationRecords records = instance.Records;
            TruthUnits units = new(records);
            byte[] once = [.. Enumerable.Repeat((byte)1, units.Count)];
            LinkageQuality[] pairs =
                [.. PairTallies.Of(records, units, instance.Unique).Select(tally => tally.Weigh(once))];
            LinkageQuality[] entities =
                [.. EntityTallies.Of(records, units, instance.Entities).Select(tally => tally.Weigh(once))];
            return pairs[0] == PairEvaluator.Evaluate(records, instance.Pairs)
                && pairs[1..].SequenceEqual(
                    PairEvaluator.EvaluateByGroup(records, instance.Pairs).Select(group => group.Quality))
                && entities[0] == PairEvaluator.EvaluateEntities(records, instance.Entities)
                && entities[1..].SequenceEqual(
                    PairEvaluator.EvaluateEntitiesByGroup(records, instance.Entities).Select(group => group.Quality));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tallies_AnyWeights_CountTruePairsAsOftenAsTheirPerson() =>
        Prop.ForAll(Instances, Gen.Choose(0, 4).ArrayOf(Count).ToArbitrary(), (instance, drawn) =>
        {
            EvaluationRecords records = instance.Records;
            TruthUnits units = new(records);
            byte[] weights = [.. drawn.Take(units.Count).Select(weight => (byte)weight)];
            LinkageQuality pairs = PairTallies.Of(records, units, instance.Unique)[0].Weigh(weights);
            LinkageQuality entities = EntityTallies.Of(records, units, instance.Entities)[0].Weigh(weights);
            (int A, int B)[] all =
            [
                .. Enumerable.Range(0, Count).SelectMany(b => Enumerable.Range(0, b).Select(a => (a, b)))
                    .Where(pair => records.Counts(pair.a, pair.b) && records.AreSame(pair.a, pair.b)),
            ];
            long found = instance.Unique.Where(pair => pair.IsMatch && records.AreSame(pair.Left, pair.Right))
                .Sum(pair => weights[units[pair.Left]]);
            long together = all.Where(pair => instance.Entities[pair.A] >= 0
                    && instance.Entities[pair.A] == instance.Entities[pair.B])
                .Sum(pair => weights[units[pair.A]]);
            return pairs.TruePairs == all.Sum(pair => weights[units[pair.A]])
                && (pairs.CorrectPairs, entities.CorrectPairs) == (found, together);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluatePairs_AnyInstance_IntervalsHoldTheirFigure() =>
        Prop.ForAll(Instances, instance =>
        {
            LinkageEvaluation pairs = LinkageEvaluator.EvaluatePairs(instance.Records, instance.Pairs);
            LinkageEvaluation entities = LinkageEvaluator.EvaluateEntities(instance.Records, instance.Entities);
            IEnumerable<IntervalEstimate> estimates = pairs.Groups.Concat(entities.Groups)
                .Concat([pairs.Total, entities.Total])
                .SelectMany(group => new[] { group.Precision, group.Recall, group.F1 })
                .Concat([pairs.Listed!.Completeness, pairs.Listed.Recall])
                .Concat([entities.BCubed!.Precision, entities.BCubed.Recall, entities.BCubed.F1]);
            return estimates.All(one => 0 <= one.Low && one.Low <= one.Value && one.Value <= one.High && one.High <= 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluatePairs_OtherOrder_GivesTheSame() =>
        Prop.ForAll(Instances, instance =>
        {
            PredictedPair[] turned =
                [.. instance.Unique.Reverse().Select(pair => pair with { Left = pair.Right, Right = pair.Left })];
            LinkageEvaluation one = LinkageEvaluator.EvaluatePairs(instance.Records, instance.Unique);
            LinkageEvaluation other = LinkageEvaluator.EvaluatePairs(instance.Records, turned);
            return one.Total == other.Total with { Gaps = one.Total.Gaps }
                && one.Curve.SequenceEqual(other.Curve)
                && one.Roc.SequenceEqual(other.Roc)
                && one.Patterns.SequenceEqual(other.Patterns);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluatePairs_AnyInstance_RocAreaIsTheShareOfPairsInOrder() =>
        Prop.ForAll(Instances, instance =>
        {
            ILookup<bool, double> weights = instance.Unique.ToLookup(
                pair => instance.Records.AreSame(pair.Left, pair.Right), pair => pair.Weight);
            double[] order =
            [
                .. weights[true].SelectMany(right => weights[false].Select(wrong =>
                    right > wrong ? 1 : right < wrong ? 0 : 0.5)),
            ];
            double? area = LinkageEvaluator.EvaluatePairs(instance.Records, instance.Pairs).RocArea;
            return order.Length == 0 ? area is null : Math.Abs(area!.Value - order.Average()) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluatePairs_KnownPairs_CalibratesAndSortsErrors()
    {
        EvaluationRecords records = new(2, [0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 0, 1, 2, 3]);
        LinkageEvaluation evaluation = LinkageEvaluator.EvaluatePairs(records,
        [
            Pair(0, 4, 0.9, true, "44"), Pair(1, 5, 0.9, true, "44"), Pair(0, 5, 0.9, true, "44"),
            Pair(2, 6, 0.2, false, "12"), Pair(2, 7, 0.2, false, "12"), Pair(2, 4, 0.1, false, "00"),
        ]);

        Calibration calibration = evaluation.Calibration!;
        Assert.Equal([0.1, 0.2, 0.9], calibration.Bins.Select(bin => bin.From));
        Assert.Equal([1L, 2, 3], calibration.Bins.Select(bin => bin.Pairs));
        Assert.Equal([0, 0.5, 2 / 3.0], calibration.Bins.Select(bin => bin.TrueShare.Value));
        Assert.Equal((0.1 + (2 * 0.3) + (3 * (0.9 - (2 / 3.0)))) / 6, calibration.ExpectedCalibrationError, 1e-12);
        Assert.Equal(0.9, calibration.ExpectedPrecision, 1e-12);
        Assert.Equal(0.3, calibration.ExpectedErrors, 1e-12);
        Assert.Equal(0.1, evaluation.Total.ExpectedErrorShare!.Value, 1e-12);
        Assert.Equal([("12", 0L, 1L), ("44", 1, 0)],
            evaluation.Patterns.Select(one => (one.Pattern, one.FalseMatches, one.MissedMatches)));
        Assert.Equal((6, 3), (evaluation.Listed!.Pairs, evaluation.Listed.TruePairs));
        Assert.Equal((0.75, 2 / 3.0), (evaluation.Listed.Completeness.Value, evaluation.Listed.Recall.Value));
    }

    [Fact]
    public void EvaluatePairs_NoProbability_SaysNothingOfCalibration()
    {
        LinkageEvaluation evaluation =
            LinkageEvaluator.EvaluatePairs(new EvaluationRecords(1, [0, 0], [0, 1]), [new(0, 1, 2, true)]);

        Assert.Null(evaluation.Calibration);
        Assert.Null(evaluation.Total.ExpectedErrorShare);
        Assert.Empty(evaluation.Patterns);
    }

    [Fact]
    public void EvaluatePairs_GroupMissedMoreOften_IsFoundWithItsGap()
    {
        LinkageEvaluation evaluation = TwoGroups(500, lostA: 5, lostB: 55);
        SubgroupGap gap = Assert.Single(evaluation.Groups[1].Gaps, gap => gap.Figure == SubgroupFigure.Recall);

        Assert.True(gap.IsBeyondChance);
        Assert.Equal(0.1, gap.Gap.Value, 1e-12);
        Assert.InRange(gap.Gap.Low, 0.06, 0.09);
        Assert.DoesNotContain(evaluation.Groups[0].Gaps, gap => gap.IsBeyondChance);
    }

    [Fact]
    public void EvaluatePairs_SmallGroup_IsSmallWithoutAGapBeyondChance()
    {
        LinkageEvaluation evaluation = TwoGroups(60, lostA: 1, lostB: 2, sizeB: 20);

        Assert.True(evaluation.Groups[1].IsSmall);
        Assert.DoesNotContain(evaluation.Groups[1].Gaps, gap => gap.IsBeyondChance);
    }

    [Fact]
    public void EvaluatePairs_Reach_CountsRecordsThatCannotBeLinked()
    {
        EvaluationRecords records = new(2, [0, 0, 1, 1], [0, 1, 0, 1], ["g", "g", "h", "h"]);
        EvaluationFacts facts = new()
        {
            MatchThreshold = 0.8,
            Reach = [new(3, 0.99), new(0, 1), new(2, 0.7), new(1, 0.8)],
        };

        LinkageEvaluation evaluation = LinkageEvaluator.EvaluatePairs(records, [], facts);

        Assert.Equal((0.5, 0.25), (evaluation.Total.Unlinkable!.Value.Value, evaluation.Total.InNoPass!.Value.Value));
        Assert.Equal([0.5, 0], evaluation.Groups.Select(group => group.InNoPass!.Value.Value));
        Assert.Equal([0.5, 0.5], evaluation.Groups.Select(group => group.Unlinkable!.Value.Value));
    }

    [Fact]
    public void EvaluatePairs_UnusableFacts_Throws()
    {
        EvaluationRecords records = new(1, [0, 0], [0, 0]);

        Assert.Throws<ArgumentException>(() =>
            LinkageEvaluator.EvaluatePairs(records, [], new EvaluationFacts { Reach = [new(1, 1)] }));
        Assert.Throws<ArgumentException>(() =>
            LinkageEvaluator.EvaluatePairs(records, [], new EvaluationFacts { MatchThreshold = double.NaN }));
        Assert.Throws<ArgumentException>(() =>
            LinkageEvaluator.EvaluatePairs(records, [new(0, 1, 1, true) { Probability = 1.5 }]));
    }

    [Fact]
    public void ToString_SubgroupQuality_HidesTheLabel() => Assert.DoesNotContain(
        "label",
        LinkageEvaluator.EvaluatePairs(new EvaluationRecords(1, [0], [0], ["label"]), []).Groups[0].ToString(),
        StringComparison.Ordinal);

    private static PredictedPair Pair(int left, int right, double probability, bool isMatch, string pattern) =>
        new(left, right, probability, isMatch) { Probability = probability, Pattern = pattern };

    /// <summary>Persons with one record a source; of group a and b so many pairs are not predicted.</summary>
    private static LinkageEvaluation TwoGroups(int size, int lostA, int lostB, int? sizeB = null)
    {
        int all = size + (sizeB ?? size);
        int[] persons = [.. Enumerable.Range(0, all)];
        string[] groups = [.. persons.Select(person => person < size ? "a" : "b")];
        EvaluationRecords records = new(
            2,
            [.. persons.Select(_ => 0), .. persons.Select(_ => 1)],
            [.. persons, .. persons],
            [.. groups, .. groups]);
        return LinkageEvaluator.EvaluatePairs(
            records,
            [
                .. persons.Select(person => new PredictedPair(
                    person, all + person, 1, person < size ? person >= lostA : person - size >= lostB)),
            ]);
    }
}
