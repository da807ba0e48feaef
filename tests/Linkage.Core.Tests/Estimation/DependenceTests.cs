using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

/// <summary>Two comparisons that go together are found, and a table of their own mends what they spoil.</summary>
public sealed class DependenceTests
{
    private const int Pairs = 40_000;
    private const double Prior = 0.2;

    private static readonly Comparison[] Comparisons = TestComparisons.WithLevels(3, 3, 2, 2, 2);

    private static readonly FieldInteraction FirstTwo = new("c0", "c1");

    /// <summary>
    /// The first two comparisons are at their worst together in a tenth of the matches, and at their best together in a
    /// tenth of the non-matches: somebody moved, somebody shares a home. The others are independent.
    /// </summary>
    private static (Dictionary<(ulong Code, bool IsMatch), int> Truth, (ComparisonVector, int, int)[] Cells) Draw(
        double together, ulong seed)
    {
        var random = new SmallRandom(seed);
        var truth = new Dictionary<(ulong Code, bool IsMatch), int>();
        for (int i = 0; i < Pairs; i++)
        {
            bool isMatch = random.Draw([1 - Prior, Prior]) == 1;
            bool isJoint = random.Draw([1 - together, together]) == 1;
            double[] levels = isMatch ? [0.04, 0.06, 0.90] : [0.93, 0.04, 0.03];
            int special = isMatch ? 0 : 2;
            ComparisonVector vector = default(ComparisonVector)
                .With(0, isJoint ? special : random.Draw(levels))
                .With(1, isJoint ? special : random.Draw(levels));
            for (int c = 2; c < Comparisons.Length; c++)
            {
                vector = vector.With(c, random.Draw(isMatch ? [0.08, 0.92] : [0.90, 0.10]));
            }

            truth[(vector.Code, isMatch)] = truth.GetValueOrDefault((vector.Code, isMatch)) + 1;
        }

        (ComparisonVector, int, int)[] cells =
        [
            .. truth.GroupBy(entry => entry.Key.Code).OrderBy(group => group.Key).Select(
                group => (new ComparisonVector(group.Key), 1, group.Sum(entry => entry.Value))),
        ];
        return (truth, cells);
    }

    private static EstimatedModel Estimate(
        (ComparisonVector, int, int)[] cells, params FieldInteraction[] interactions) =>
        TestComparisons.EstimateWhole(
            cells, Comparisons, [new PassFields("all", [])], new EmOptions { Interactions = interactions });

    private static int Errors(FellegiSunterModel model, Dictionary<(ulong Code, bool IsMatch), int> truth)
    {
        double prior = Math.Log2(model.PriorMatchProbability / (1 - model.PriorMatchProbability));
        return truth
            .Where(entry => model.Weigh(new ComparisonVector(entry.Key.Code)).Bits + prior > 0 != entry.Key.IsMatch)
            .Sum(entry => entry.Value);
    }

    [Fact]
    public void Dependence_StrongInBothClasses_IsFoundAndNamed()
    {
        EstimatedModel estimated = Estimate(Draw(0.1, 1).Cells);

        ComparisonDependence strongest = estimated.Dependence[0];
        Assert.Equal(("c0", "c1"), (strongest.First, strongest.Second));
        Assert.True(strongest.IsStrong);
        Assert.True(strongest.DifferTogether > 1);
        Assert.True(strongest.AgreeTogether > 1);
        Assert.Equal(Comparisons.Length * (Comparisons.Length - 1) / 2, estimated.Dependence.Count);
    }

    [Fact]
    public void Dependence_Independent_FlagsNothing()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Assert.DoesNotContain(Estimate(Draw(0, seed).Cells).Dependence, pair => pair.IsStrong);
        }
    }

    [Fact]
    public void Interaction_DependentComparisons_BeatsIndependence()
    {
        (Dictionary<(ulong Code, bool IsMatch), int> truth, (ComparisonVector, int, int)[] cells) = Draw(0.1, 2);

        EstimatedModel independent = Estimate(cells);
        EstimatedModel joint = Estimate(cells, FirstTwo);

        Assert.True(Chosen(joint).LogLikelihood > Chosen(independent).LogLikelihood + 100);
        Assert.True(Errors(joint.Model, truth) < Errors(independent.Model, truth));
        Assert.InRange(joint.Model.PriorMatchProbability, Prior - 0.01, Prior + 0.01);
        Assert.False(joint.Dependence.First(pair => pair is { First: "c0", Second: "c1" }).IsStrong);
    }

    private static EmFit Chosen(EstimatedModel estimated) => estimated.Fits.Single(fit => fit.IsChosen);

    [Fact]
    public void Interaction_MarginsOfTheTable_AreTheLevelsShares()
    {
        FellegiSunterModel model = Estimate(Draw(0.1, 3).Cells, FirstTwo).Model;

        InteractionModel joint = Assert.Single(model.Interactions);
        Assert.Equal(15, joint.MProbabilities.Count);
        for (int level = 0; level < 3; level++)
        {
            // Nobody lacks a value, so but for a pseudo-pair all weight is on the table of both.
            Assert.Equal(
                joint.MProbabilities.Skip(3 * level).Take(3).Sum(),
                model.Comparisons[0].Levels[level].MProbability,
                0.001);
        }
    }

    [Fact]
    public void Interaction_OrderOfTheNames_MakesNoDifference()
    {
        (ComparisonVector, int, int)[] cells = Draw(0.1, 4).Cells;

        Assert.Equal(
            Estimate(cells, FirstTwo).Model.Interactions[0].MProbabilities,
            Estimate(cells, new FieldInteraction("c1", "c0")).Model.Interactions[0].MProbabilities);
    }

    [Fact]
    public void Interaction_OneValueMissing_TheOtherStillCounts()
    {
        FellegiSunterModel model = Estimate(Draw(0.1, 5).Cells, FirstTwo).Model;
        ComparisonVector rest = default(ComparisonVector).With(2, 1).With(3, 1).With(4, 1);
        ComparisonVector none = rest.With(0, ComparisonVector.OneMissing).With(1, ComparisonVector.OneMissing);

        double without = model.Weigh(none).Bits;

        Assert.True(model.Weigh(none.With(0, 2)).Bits > without + 1);
        Assert.True(model.Weigh(none.With(1, 0)).Bits < without - 1);
    }

    [Fact]
    public void Intervals_WithInteraction_CoverTheOtherComparisons()
    {
        const int Samples = 30;
        int[] covered = new int[1 + (2 * Comparisons.Length)];
        for (ulong seed = 1; seed <= Samples; seed++)
        {
            ModelIntervals intervals = Estimate(Draw(0.1, seed).Cells, FirstTwo).Intervals!;
            covered[0] += intervals.Prior.Contains(Prior) ? 1 : 0;
            for (int c = 2; c < Comparisons.Length; c++)
            {
                covered[c] += intervals.Comparisons[c].M[1].Contains(0.92) ? 1 : 0;
                covered[Comparisons.Length + c] += intervals.Comparisons[c].U![1].Contains(0.10) ? 1 : 0;
            }
        }

        Assert.All(covered.Where(count => count > 0), count => Assert.InRange(count, Samples * 8 / 10, Samples));
        Assert.Equal(7, covered.Count(count => count > 0));
    }
}
