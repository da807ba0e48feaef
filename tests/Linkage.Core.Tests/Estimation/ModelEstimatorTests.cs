using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

public sealed class ModelEstimatorTests
{
    private static readonly Comparison[] Comparisons = TestComparisons.WithLevels(4, 3, 2);
    private static readonly PassFields[] Passes = TestComparisons.PassesOn(0, 1);

    /// <summary>Cells over two passes with any levels, any counts, missing values included.</summary>
    private static Arbitrary<(ComparisonVector, int, int)[]> AnyCells =>
        Gen.Elements(0, 1, 2, 3, ComparisonVector.OneMissing).SelectMany(c0 => Gen.Choose(0, 2).SelectMany(
                c1 => Gen.Elements(0, 1, ComparisonVector.BothMissing).SelectMany(c2 => Gen.Choose(1, 3).SelectMany(
                    captures => Gen.Choose(1, 60).Select(count => (Met.Vector(c0, c1, c2), captures, count))))))
            .ArrayOf()
            .ToArbitrary();

    private static bool IsOutOfOrder(IReadOnlyList<LevelModel> levels, int level) =>
        levels.Take(level).Any(worse =>
            worse.MProbability / worse.UProbability > levels[level].MProbability / levels[level].UProbability);

    [Fact]
    public void Estimate_AnyCells_GivesASoundModel() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(AnyCells, cells =>
        {
            (FellegiSunterModel model, IReadOnlyList<EmFit> fits) =
                TestComparisons.Estimate(cells, Comparisons, Passes);
            return TestComparisons.IsSound(model)
                && fits.Count(fit => fit.IsChosen) == 1
                && fits.All(fit => double.IsFinite(fit.LogLikelihood))
                && cells.All(cell => double.IsFinite(model.Weigh(cell.Item1).Bits));
        }));

    [Fact]
    public void Estimate_AnyCells_FlagsExactlyTheLevelsOutOfOrder() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(AnyCells, cells =>
        {
            FellegiSunterModel model = TestComparisons.Estimate(cells, Comparisons, Passes).Model;
            return model.Comparisons.All(comparison => Enumerable.Range(0, comparison.Levels.Count).All(
                level => comparison.Levels[level].IsOutOfOrder == IsOutOfOrder(comparison.Levels, level)));
        }));

    [Fact]
    public void Estimate_MiddleLevelContradictsTheOrder_IsFlagged()
    {
        // Among pairs that agree elsewhere the middle level stands for agreement and the best one for none.
        (ComparisonVector, int, int)[] cells =
        [
            (Met.Vector(3, 1, 1), 3, 900), (Met.Vector(3, 2, 1), 3, 20),
            (Met.Vector(0, 2, 0), 1, 3000), (Met.Vector(0, 0, 0), 1, 3000),
        ];

        IReadOnlyList<LevelModel> levels =
            TestComparisons.Estimate(cells, Comparisons, TestComparisons.PassesOn(0)).Model.Comparisons[1].Levels;

        Assert.Equal([false, false, true], levels.Select(level => level.IsOutOfOrder));
    }

    [Fact]
    public void Estimate_OnePass_GivesItsKindTheWholeShare()
    {
        for (int matches = 1; matches <= 60; matches++)
        {
            FellegiSunterModel model = TestComparisons.Estimate(
                [(Met.Vector(3, 2, 1), 1, matches), (Met.Vector(3, 0, 0), 1, 100)],
                Comparisons,
                TestComparisons.PassesOn(0)).Model;

            Assert.Equal(1.0, Assert.Single(model.NonMatchKinds).Share);
        }
    }

    [Fact]
    public void Estimate_NoPairs_GivesASoundModel()
    {
        (FellegiSunterModel model, IReadOnlyList<EmFit> fits) = TestComparisons.Estimate([], Comparisons, Passes);

        Assert.True(TestComparisons.IsSound(model));
        Assert.All(fits, fit => Assert.Equal(0, fit.ExcessMatches));
    }

    [Fact]
    public void Estimate_TwoPairs_GivesASoundModel()
    {
        FellegiSunterModel model = TestComparisons.Estimate(
            [(Met.Vector(3, 2, 1), 3, 1), (Met.Vector(3, 0, 0), 1, 1)], Comparisons, Passes).Model;

        Assert.True(TestComparisons.IsSound(model));
        Assert.True(model.Weigh(Met.Vector(3, 2, 1)) > model.Weigh(Met.Vector(3, 0, 0)));
    }

    [Fact]
    public void Estimate_LevelNobodyHas_KeepsAFiniteWeight()
    {
        FellegiSunterModel model = TestComparisons.Estimate(
            [(Met.Vector(3, 2, 1), 3, 500), (Met.Vector(3, 0, 0), 1, 5000), (Met.Vector(0, 2, 0), 2, 5000)],
            Comparisons,
            Passes).Model;

        Assert.All(model.Comparisons[0].Levels, level => Assert.True(double.IsFinite(level.Weight.Bits)));
        Assert.True(double.IsFinite(model.Weigh(Met.Vector(1, 1, 1)).Bits));
    }

    [Fact]
    public void Estimate_ComparisonAlwaysMissing_LeavesTheOthersUnchanged()
    {
        (ComparisonVector Vector, int Captures, int Count)[] cells =
            PatternDraws.Draw(PatternDraws.ThreeKinds, 5_000, 7);
        PassFields[] passes = TestComparisons.PassesOn(0, 1, 2);
        Comparison[] more = TestComparisons.WithLevels(3, 3, 3, 4, 5);
        (ComparisonVector, int, int)[] missing =
        [
            .. cells.Select(cell => (cell.Vector.With(4, ComparisonVector.BothMissing), cell.Captures, cell.Count)),
        ];

        FellegiSunterModel without = TestComparisons.Estimate(cells, more[..4], passes).Model;
        FellegiSunterModel with = TestComparisons.Estimate(missing, more, passes).Model;

        Assert.Equal(without.PriorMatchProbability, with.PriorMatchProbability, 9);
        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(
                without.Comparisons[c].Levels.Select(level => level.Weight.Bits),
                with.Comparisons[c].Levels.Select(level => level.Weight.Bits),
                (expected, actual) => Math.Abs(expected - actual) < 1e-6);
        }

        Assert.All(cells, cell => Assert.Equal(
            without.Weigh(cell.Vector).Bits, with.Weigh(cell.Vector.With(4, ComparisonVector.OneMissing)).Bits, 6));
    }

    [Fact]
    public void Estimate_PassOnAComparison_LeavesItOutOfChanceAgreement()
    {
        FellegiSunterModel model = TestComparisons.Estimate(
            PatternDraws.Draw(PatternDraws.ThreeKinds, 20_000, 3),
            TestComparisons.WithLevels(3, 3, 3, 4),
            TestComparisons.PassesOn(0, 1, 2)).Model;
        NonMatchKind[] others = [.. model.NonMatchKinds.Skip(1)];
        double expected = others.Sum(kind => kind.Share * kind.UProbabilities[0][2]) / others.Sum(kind => kind.Share);

        Assert.Equal(expected, model.Comparisons[0].Levels[2].UProbability, 9);
    }

    [Fact]
    public void Estimate_EveryPassOnAComparison_TakesThemAll()
    {
        FellegiSunterModel model = TestComparisons.Estimate(
            PatternDraws.Draw(PatternDraws.ThreeKinds, 20_000, 3),
            TestComparisons.WithLevels(3, 3, 3, 4),
            TestComparisons.PassesOn(0, 0, 0)).Model;
        double expected = model.NonMatchKinds.Sum(kind => kind.Share * kind.UProbabilities[0][2]);

        Assert.Equal(expected, model.Comparisons[0].Levels[2].UProbability, 9);
    }

    [Fact]
    public void Estimate_Again_GivesTheSameModel()
    {
        (ComparisonVector, int, int)[] cells = PatternDraws.Draw(PatternDraws.ThreeKinds, 5_000, 7);
        (FellegiSunterModel first, IReadOnlyList<EmFit> fits) =
            TestComparisons.Estimate(cells, TestComparisons.WithLevels(3, 3, 3, 4), TestComparisons.PassesOn(0, 1, 2));

        (FellegiSunterModel second, IReadOnlyList<EmFit> again) =
            TestComparisons.Estimate(cells, TestComparisons.WithLevels(3, 3, 3, 4), TestComparisons.PassesOn(0, 1, 2));

        Assert.Equal(fits.SelectMany(fit => fit.History), again.SelectMany(fit => fit.History));
        Assert.Equal(fits.Select(fit => fit with { History = [] }), again.Select(fit => fit with { History = [] }));
        Assert.Equal(
            first.Comparisons.SelectMany(comparison => comparison.Levels),
            second.Comparisons.SelectMany(comparison => comparison.Levels));
    }
}
