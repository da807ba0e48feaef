using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

public sealed class WeightTests
{
    private const double Exact = 1e-12;

    private static readonly int[] Codes = [0, 1, 2, ComparisonVector.BothMissing, ComparisonVector.OneMissing];

    private static Arbitrary<(int, int)> Weights => Gen.Choose(-20_000, 20_000).Two().ToArbitrary();

    private static ComparisonVector[] AllVectors =>
        [.. from first in Codes from second in Codes select Met.Vector(first, second)];

    [Fact]
    public void Weigh_OneKind_IsTheSumOfTheLevelsWeights()
    {
        FellegiSunterModel model = TestModels.OneKind;
        foreach (ComparisonVector vector in AllVectors)
        {
            MatchWeight sum = default;
            for (int c = 0; c < model.Comparisons.Count; c++)
            {
                bool isCompared = vector[c] < ComparisonVector.BothMissing;
                sum += isCompared ? model.Comparisons[c].Levels[vector[c]].Weight : default;
            }

            Assert.Equal(sum.Bits, model.Weigh(vector).Bits, Exact);
        }
    }

    [Fact]
    public void Weigh_SeveralKinds_IsTheRatioOfTheMixture()
    {
        FellegiSunterModel model = TestModels.TwoKinds;
        foreach (ComparisonVector vector in AllVectors)
        {
            double match = Probability(vector, c => level => model.Comparisons[c].Levels[level].MProbability);
            double nonMatch = model.NonMatchKinds.Sum(
                kind => kind.Share * Probability(vector, c => level => kind.UProbabilities[c][level]));

            Assert.Equal(Math.Log2(match / nonMatch), model.Weigh(vector).Bits, Exact);
        }
    }

    private static double Probability(ComparisonVector vector, Func<int, Func<int, double>> share) =>
        Enumerable.Range(0, 2).Where(c => vector[c] < ComparisonVector.BothMissing)
            .Aggregate(1.0, (product, c) => product * share(c)(vector[c]));

    [Fact]
    public void Weigh_NothingToCompare_IsNoEvidence()
    {
        ComparisonVector nothing = Met.Vector(ComparisonVector.BothMissing, ComparisonVector.OneMissing);

        Assert.Equal(0, TestModels.TwoKinds.Weigh(nothing).Bits, Exact);
    }

    [Fact]
    public void Weigh_BetterLevel_WeighsMore()
    {
        for (int level = 0; level < 9; level++)
        {
            Assert.True(TestModels.Ladder.Weigh(Met.Vector(level)) < TestModels.Ladder.Weigh(Met.Vector(level + 1)));
            Assert.Equal(level - 5, TestModels.Ladder.Weigh(Met.Vector(level)).Bits, Exact);
        }
    }

    [Fact]
    public void From_WeightAndPrior_IsBayesRule()
    {
        foreach (double prior in (double[])[0.001, 0.1, 0.5, 0.97])
        {
            foreach (ComparisonVector vector in AllVectors)
            {
                MatchWeight weight = TestModels.OneKind.Weigh(vector);
                double ratio = Math.Pow(2, weight.Bits);
                double expected = prior * ratio / ((prior * ratio) + 1 - prior);

                Assert.Equal(expected, MatchProbability.From(weight, prior).Value, Exact);
            }
        }
    }

    [Fact]
    public void From_MoreEvidence_IsNeverLessLikely() =>
        Prop.ForAll(Weights, Gen.Choose(1, 999).ToArbitrary(), (tenths, permille) =>
        {
            var lower = new MatchWeight(Math.Min(tenths.Item1, tenths.Item2) / 10.0);
            var higher = new MatchWeight(Math.Max(tenths.Item1, tenths.Item2) / 10.0);
            double below = MatchProbability.From(lower, permille / 1000.0).Value;
            double above = MatchProbability.From(higher, permille / 1000.0).Value;
            return below <= above && below is >= 0 and <= 1 && above is >= 0 and <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PatternScores_EveryPattern_AgreeWithTheModel()
    {
        AgreementPattern[] patterns = [.. AllVectors.Select(vector => new AgreementPattern(vector, 1))];
        FellegiSunterModel model = TestModels.TwoKinds;

        var scores = new PatternScores(patterns, model);

        for (int i = 0; i < patterns.Length; i++)
        {
            MatchWeight weight = model.Weigh(patterns[i].Vector);
            Assert.Equal(weight.Bits, scores.Weights[i]);
            Assert.Equal(MatchProbability.From(weight, 0.1).Value, scores.Probabilities[i]);
            Assert.Equal(weight.Bits - Math.Log2(9), scores.LogOdds[i], Exact);
        }
    }

    [Fact]
    public void Operators_AnyWeights_OrderAndAddAsTheirBits() =>
        Prop.ForAll(Gen.Choose(-50, 50).Two().ToArbitrary(), bits =>
        {
            MatchWeight left = new(bits.Item1 / 4.0);
            MatchWeight right = new(bits.Item2 / 4.0);
            return (left < right) == (bits.Item1 < bits.Item2)
                && (left > right) == (bits.Item1 > bits.Item2)
                && (left <= right) == (bits.Item1 <= bits.Item2)
                && (left >= right) == (bits.Item1 >= bits.Item2)
                && Math.Sign(left.CompareTo(right)) == bits.Item1.CompareTo(bits.Item2)
                && (left + right).Bits == (bits.Item1 + bits.Item2) / 4.0
                && MatchWeight.Add(left, right) == left + right;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToString_AnyCulture_IsInvariantAndReadsBack()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");

            Assert.Equal("-0.1", new MatchWeight(-0.1).ToString());
            Assert.Equal("0.30000000000000004", new MatchProbability(0.1 + 0.2).ToString());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
