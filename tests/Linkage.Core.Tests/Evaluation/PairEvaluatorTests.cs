using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class PairEvaluatorTests
{
    private const int Records = 8;

    private static readonly string?[] GroupLabels = ["b", null, "B", "a"];
    private static readonly string[] SortedGroups = ["", "B", "a", "b"];

    private sealed record Instance(int SourceCount, int[] Sources, int[] Truth, int[] Entities, string?[] Groups)
    {
        internal PredictedPair[] Pairs { get; init; } = [];

        internal EvaluationRecords ToRecords() => new(SourceCount, Sources, Truth, Groups);

        internal bool Counts((int A, int B) pair) => SourceCount == 1 || Sources[pair.A] != Sources[pair.B];

        internal bool IsTrue((int A, int B) pair) => Truth[pair.A] >= 0 && Truth[pair.A] == Truth[pair.B];

        internal bool IsTogether((int A, int B) pair) =>
            Entities[pair.A] >= 0 && Entities[pair.A] == Entities[pair.B];

        internal bool Touches((int A, int B) pair, string group) =>
            (Groups[pair.A] ?? "") == group || (Groups[pair.B] ?? "") == group;

        internal IEnumerable<PredictedPair> Rows((int A, int B) pair) =>
            Pairs.Where(row => (row.Left, row.Right) == pair || (row.Right, row.Left) == pair);

        internal bool IsMatch((int A, int B) pair) => Rows(pair).Any(row => row.IsMatch);

        /// <summary>The rules word by word: every pair of records is looked at.</summary>
        internal LinkageQuality Reference(Func<(int A, int B), bool> isPredicted, string? group = null)
        {
            (int A, int B)[] pairs =
            [
                .. Enumerable.Range(0, Records).SelectMany(b => Enumerable.Range(0, b).Select(a => (a, b)))
                    .Where(Counts).Where(pair => group is null || Touches(pair, group)),
            ];
            return new LinkageQuality(
                pairs.Count(IsTrue), pairs.Count(isPredicted), pairs.Count(pair => IsTrue(pair) && isPredicted(pair)));
        }
    }

    private static Gen<PredictedPair[]> SomePairs =>
        Gen.Choose(0, Records - 1).SelectMany(left => Gen.Choose(1, Records - 1).SelectMany(step =>
            Gen.Choose(-4, 4).SelectMany(weight => Gen.Choose(0, 1).Select(match =>
                new PredictedPair(left, (left + step) % Records, weight, match == 1))))).ArrayOf();

    private static Arbitrary<Instance> Instances =>
        Gen.Choose(1, 3).SelectMany(count =>
            Gen.Choose(0, count - 1).ArrayOf(Records).SelectMany(sources =>
                Gen.Choose(-1, 2).ArrayOf(Records).SelectMany(truth =>
                    Gen.Choose(-1, 2).ArrayOf(Records).SelectMany(entities =>
                        Gen.Elements(GroupLabels).ArrayOf(Records).SelectMany(groups =>
                            SomePairs.Select(pairs =>
                                new Instance(count, sources, truth, entities, groups) { Pairs = pairs }))))))
        .ToArbitrary();

    [Fact]
    public void Evaluate_AnyInstance_EqualsBruteForce() =>
        Prop.ForAll(Instances, instance =>
            PairEvaluator.Evaluate(instance.ToRecords(), instance.Pairs) == instance.Reference(instance.IsMatch))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluateEntities_AnyInstance_EqualsBruteForce() =>
        Prop.ForAll(Instances, instance =>
            PairEvaluator.EvaluateEntities(instance.ToRecords(), instance.Entities)
                == instance.Reference(instance.IsTogether))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluateByGroup_AnyInstance_EqualsBruteForce() =>
        Prop.ForAll(Instances, instance =>
            PairEvaluator.EvaluateByGroup(instance.ToRecords(), instance.Pairs)
                .SequenceEqual(ReferenceByGroup(instance, instance.IsMatch)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluateEntitiesByGroup_AnyInstance_EqualsBruteForce() =>
        Prop.ForAll(Instances, instance =>
            PairEvaluator.EvaluateEntitiesByGroup(instance.ToRecords(), instance.Entities)
                .SequenceEqual(ReferenceByGroup(instance, instance.IsTogether)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluateCurve_AnyInstance_EqualsBruteForceAtEveryWeight() =>
        Prop.ForAll(Instances, instance =>
        {
            IEnumerable<QualityPoint> expected = instance.Pairs
                .Where(row => instance.Counts((row.Left, row.Right)))
                .Select(row => instance.Rows((row.Left, row.Right)).Max(same => same.Weight))
                .Distinct()
                .OrderDescending()
                .Select(weight => (weight, quality: instance.Reference(
                    pair => instance.Rows(pair).Any(row => row.Weight >= weight))))
                .Select(point => new QualityPoint(
                    point.weight, point.quality.Precision, point.quality.Recall, point.quality.F1));
            return PairEvaluator.EvaluateCurve(instance.ToRecords(), instance.Pairs).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluateEntities_SameLabelsAsTruth_IsPerfect() =>
        Prop.ForAll(Instances, instance =>
        {
            LinkageQuality quality = PairEvaluator.EvaluateEntities(instance.ToRecords(), instance.Truth);
            return quality.Precision == 1 && quality.Recall == 1 && quality.F1 == 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Evaluate_KnownPairs_CountsEachOnceAndIgnoresOneSource()
    {
        EvaluationRecords records = EvaluationRecords.FromLabels(2, [0, 0, 1, 1], ["p", "p", "p", "q"]);
        PredictedPair[] pairs =
        [
            new(0, 2, 5, true), new(2, 0, 5, true), new(0, 1, 9, true), new(1, 3, 1, true), new(1, 2, 0, false),
        ];

        Assert.Equal(new LinkageQuality(2, 2, 1), PairEvaluator.Evaluate(records, pairs));
    }

    [Fact]
    public void Evaluate_OneSource_CountsPairsWithin()
    {
        EvaluationRecords records = EvaluationRecords.FromLabels(1, [0, 0, 0], ["p", "p", "p"]);

        Assert.Equal(new LinkageQuality(3, 1, 1), PairEvaluator.Evaluate(records, [new(0, 1, 9, true)]));
    }

    [Fact]
    public void Evaluate_SecondSourceIsEmpty_NothingCounts()
    {
        EvaluationRecords records = EvaluationRecords.FromLabels(2, [0, 0], ["p", "p"]);

        Assert.Equal(new LinkageQuality(0, 0, 0), PairEvaluator.Evaluate(records, [new(0, 1, 9, true)]));
    }

    [Fact]
    public void Evaluate_EmptyTruth_IsNeverTrue()
    {
        EvaluationRecords records = EvaluationRecords.FromLabels(2, [0, 1, 0, 1], ["", "", null, null]);

        Assert.Equal(
            new LinkageQuality(0, 2, 0),
            PairEvaluator.Evaluate(records, [new(0, 1, 9, true), new(2, 3, 9, true)]));
    }

    [Fact]
    public void EvaluateEntities_HugeEntity_DoesNotOverflow()
    {
        // 150,000 × 150,000 pairs across two sources, counted in a moment since no pair is formed.
        const int Side = 150_000;
        int[] sources = [.. Enumerable.Repeat(0, Side), .. Enumerable.Repeat(1, Side)];
        EvaluationRecords records = new(2, sources, new int[2 * Side], new string?[2 * Side]);

        LinkageQuality quality = PairEvaluator.EvaluateEntities(records, new int[2 * Side]);

        Assert.Equal(new LinkageQuality(22_500_000_000, 22_500_000_000, 22_500_000_000), quality);
        Assert.Equal([new("", quality)], PairEvaluator.EvaluateEntitiesByGroup(records, new int[2 * Side]));
    }

    [Fact]
    public void EvaluateEntities_LargestLabels_DoNotMix()
    {
        EvaluationRecords records = new(2, [0, 1, 0, 1], [int.MaxValue, int.MaxValue, 0, 0]);

        Assert.Equal(
            new LinkageQuality(2, 2, 2),
            PairEvaluator.EvaluateEntities(records, [int.MaxValue, int.MaxValue, 0, 0]));
        Assert.Equal(
            new LinkageQuality(2, 2, 0),
            PairEvaluator.EvaluateEntities(records, [int.MaxValue, 0, 0, int.MaxValue]));
    }

    [Fact]
    public void EvaluateByGroup_NoGroups_IsEmpty()
    {
        EvaluationRecords records = new(1, [0, 0], [0, 0]);

        Assert.Empty(PairEvaluator.EvaluateByGroup(records, [new(0, 1, 1, true)]));
        Assert.Empty(PairEvaluator.EvaluateEntitiesByGroup(records, [0, 0]));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 2, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(0, 1, double.NaN)]
    public void Evaluate_UnusablePair_ThrowsAndNamesTheRow(int left, int right, double weight)
    {
        EvaluationRecords records = new(1, [0, 0], [0, 0]);
        PredictedPair[] pairs = [new(0, 1, 1, true), new(left, right, weight, true)];

        ArgumentException error = Assert.Throws<ArgumentException>(() => PairEvaluator.Evaluate(records, pairs));

        Assert.Contains("pair 1", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("pairs", error.ParamName);
    }

    [Fact]
    public void EvaluateEntities_WrongLabels_Throws()
    {
        EvaluationRecords records = new(1, [0, 0], [0, 0]);

        Assert.Throws<ArgumentException>(() => PairEvaluator.EvaluateEntities(records, [0]));
        Assert.Throws<ArgumentException>(() => PairEvaluator.EvaluateEntities(records, [0, -2]));
    }

    private static IEnumerable<GroupQuality> ReferenceByGroup(
        Instance instance, Func<(int A, int B), bool> isPredicted) =>
        SortedGroups.Where(group => instance.Groups.Any(label => (label ?? "") == group))
            .Select(group => new GroupQuality(group, instance.Reference(isPredicted, group)));
}
