using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class QualityCurveTests
{
    /// <summary>2,000 records a side; true pairs grow rarer with falling weight, every weight is distinct.</summary>
    private static IReadOnlyList<QualityPoint> LongCurve(out EvaluationRecords records, out PredictedPair[] pairs)
    {
        const int Side = 2_000;
        records = new EvaluationRecords(
            2,
            [.. Enumerable.Repeat(0, Side), .. Enumerable.Repeat(1, Side)],
            [.. Enumerable.Range(0, Side), .. Enumerable.Range(0, Side)]);
        pairs =
        [
            .. Enumerable.Range(0, Side).Select(i =>
                new PredictedPair(i, Side + (i % 37 < i / 50 ? (i + 1) % Side : i), 20 - (i * 0.01), true)),
        ];
        return PairEvaluator.EvaluateCurve(records, pairs);
    }

    [Fact]
    public void Sweep_ManyWeights_IsThinnedButKeepsEndsAndBest()
    {
        IReadOnlyList<QualityPoint> curve = LongCurve(out EvaluationRecords records, out PredictedPair[] pairs);
        double best = Enumerable.Range(1, pairs.Length)
            .Max(count => PairEvaluator.Evaluate(records, pairs.AsSpan(0, count)).F1);

        Assert.InRange(curve.Count, CurveThinning.MaxPoints / 2, CurveThinning.MaxPoints);
        Assert.Equal(pairs[0].Weight, curve[0].Weight);
        Assert.Equal(pairs[^1].Weight, curve[^1].Weight);
        Assert.Equal(best, curve.Max(point => point.F1));
    }

    [Fact]
    public void Sweep_ManyWeights_FallsInWeightAndRisesInRecall()
    {
        IReadOnlyList<QualityPoint> curve = LongCurve(out _, out _);

        Assert.All(curve.Zip(curve.Skip(1)), step =>
        {
            Assert.True(step.First.Weight > step.Second.Weight);
            Assert.True(step.First.Recall <= step.Second.Recall);
        });
    }

    [Fact]
    public void Sweep_ManyWeightsOnAFlatCurve_KeepsTheEnds()
    {
        EvaluationRecords records = new(1, new int[500], [.. Enumerable.Range(0, 500)]);
        PredictedPair[] pairs = [.. Enumerable.Range(1, 499).Select(i => new PredictedPair(0, i, i, true))];

        IReadOnlyList<QualityPoint> curve = PairEvaluator.EvaluateCurve(records, pairs);

        Assert.Equal([499.0, 1.0], curve.Select(point => point.Weight));
    }

    [Fact]
    public void Sweep_NoPairs_IsEmpty() =>
        Assert.Empty(PairEvaluator.EvaluateCurve(new EvaluationRecords(1, [0], [0]), []));
}
