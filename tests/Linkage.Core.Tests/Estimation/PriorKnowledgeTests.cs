using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Merging;
using Linkage.Core.Model;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

/// <summary>What is known beforehand counts for as much as it says, and no more.</summary>
public sealed class PriorKnowledgeTests
{
    private static readonly Comparison[] Comparisons = TestComparisons.WithLevels(3, 3, 3, 4);

    private static readonly PassFields[] Passes = TestComparisons.PassesOn(0, 1, 2);

    private static readonly double[] Strengths = [1, 1e3, 1e5, 1e8];

    private static readonly double[] Weights = [0, 0.5, 0.999_999];

    private static EstimatedModel Estimate(
        int pairs, EmOptions? options = null, PriorKnowledge? knowledge = null, ulong seed = 1) =>
        TestComparisons.EstimateWhole(
            PatternDraws.Draw(PatternDraws.ThreeKinds, pairs, seed), Comparisons, Passes, options, knowledge);

    private static FellegiSunterModel WithM(FellegiSunterModel model, int c, FixedProbabilities which, double[] m) =>
        model with
        {
            Comparisons =
            [
                .. model.Comparisons.Select((comparison, i) => i != c
                    ? comparison
                    : comparison with
                    {
                        Fixed = which,
                        Note = "from a survey",
                        Levels = [.. comparison.Levels.Zip(m, (level, value) => level with { MProbability = value })],
                    }),
            ],
        };

    [Fact]
    public void PriorModel_FixedM_Stays()
    {
        double[] m = [0.2, 0.3, 0.5];
        FellegiSunterModel earlier = WithM(Estimate(20_000).Model, 1, FixedProbabilities.M, m);

        EstimatedModel estimated = Estimate(20_000, seed: 2, knowledge: new PriorKnowledge(null, earlier, null));

        Assert.Equal(m, estimated.Model.Comparisons[1].Levels.Select(level => level.MProbability));
        Assert.Equal(FixedProbabilities.M, estimated.Model.Comparisons[1].Fixed);
        Assert.Equal("from a survey", estimated.Model.Comparisons[1].Note);
        Assert.All(estimated.Intervals!.Comparisons[1].M.Zip(m), pair =>
        {
            Assert.Equal(pair.Second, pair.First.Low, 1e-12);
            Assert.Equal(pair.Second, pair.First.High, 1e-12);
        });
    }

    [Fact]
    public void PriorModel_FixedU_StaysInEveryKind()
    {
        FellegiSunterModel earlier = Estimate(20_000).Model;
        earlier = WithM(
            earlier, 3, FixedProbabilities.U, [.. earlier.Comparisons[3].Levels.Select(level => level.MProbability)]);

        FellegiSunterModel model =
            Estimate(20_000, seed: 2, knowledge: new PriorKnowledge(null, earlier, null)).Model;

        Assert.All(
            earlier.NonMatchKinds.Zip(model.NonMatchKinds),
            pair => Assert.Equal(pair.First.UProbabilities[3], pair.Second.UProbabilities[3]));
        Assert.NotEqual(earlier.NonMatchKinds[0].UProbabilities[2], model.NonMatchKinds[0].UProbabilities[2]);
    }

    [Fact]
    public void PriorModel_MorePseudoPairs_PullsCloser()
    {
        double[] m = [0.3, 0.3, 0.4];
        FellegiSunterModel earlier = WithM(Estimate(5_000).Model, 1, FixedProbabilities.None, m);

        double[] found =
        [
            .. Strengths.Select(pairs => Estimate(
                    5_000,
                    new EmOptions { PriorModelPairs = pairs },
                    new PriorKnowledge(null, earlier, null),
                    seed: 2)
                .Model.Comparisons[1].Levels[2].MProbability),
        ];

        Assert.Equal(found.OrderDescending(), found);
        Assert.InRange(found[0], 0.85, 0.95);
        Assert.Equal(0.4, found[^1], 0.001);
    }

    [Fact]
    public void ExpectedMatches_FullWeight_SetsThePrior()
    {
        const int Candidates = 20_000;
        const double Expected = 3_000;

        double[] priors =
        [
            .. Weights.Select(weight => Estimate(
                Candidates, new EmOptions { ExpectedMatches = Expected, ExpectedMatchesWeight = weight })
                .Model.PriorMatchProbability),
        ];

        Assert.InRange(priors[0], 0.19, 0.21);
        Assert.InRange(priors[1], Expected / Candidates, priors[0]);
        Assert.Equal(Expected / Candidates, priors[2], 0.0001);
    }

    [Fact]
    public void ChanceAgreement_Counted_IsTheModelsU()
    {
        double[] counted = [0.95, 0.04, 0.01];

        FellegiSunterModel model = Estimate(
            5_000, knowledge: new PriorKnowledge([null, counted, null, null], null, null)).Model;

        Assert.Equal(counted, model.Comparisons[1].Levels.Select(level => level.UProbability));
        Assert.NotEqual(0.95, model.Comparisons[0].Levels[0].UProbability);
    }

    [Fact]
    public void Decided_Pairs_AreOfTheirClassOnly()
    {
        // Twenty pairs that agree in one comparison only, which without a word from anybody are non-matches.
        ComparisonVector doubtful = Met.Vector(2, 0, 0, 0);
        (ComparisonVector, int, int)[] cells =
            [.. PatternDraws.Draw(PatternDraws.ThreeKinds, 2_000, 3), (doubtful.With(3, 1), 1, 20)];
        CandidatePairs candidates = Met.Counted(cells);
        Dictionary<int, bool> decided = Enumerable.Range(0, candidates.Count)
            .Where(i => candidates.Patterns[candidates.Pattern[i]].Vector == doubtful.With(3, 1))
            .ToDictionary(i => i, _ => true);

        EstimationCell[] told = [.. candidates.CountCells(decided).Where(cell => cell.IsMatch == true)];
        EstimatedModel without = TestComparisons.EstimateWhole(cells, Comparisons, Passes);
        EstimatedModel with = TestComparisons.EstimateWhole(
            cells, Comparisons, Passes, knowledge: new PriorKnowledge(null, null, decided));

        Assert.Equal(decided.Count, Assert.Single(told).Count);
        Assert.False(told[0].MayBeOfKind(0));
        Assert.True(
            with.Model.Comparisons[1].Levels[0].MProbability > without.Model.Comparisons[1].Levels[0].MProbability);
        Assert.True(with.Model.PriorMatchProbability > without.Model.PriorMatchProbability);
    }
}
