using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

public sealed class EmEstimatorTests
{
    private static readonly PassFields[] Passes = TestComparisons.PassesOn(0, 1);

    private static readonly Comparison[] Comparisons = TestComparisons.WithLevels(3, 2, 4);

    /// <summary>Random cells over two passes, missing values included, each with some start.</summary>
    private static Arbitrary<EstimationCell[]> Cells =>
        Gen.Elements(0, 1, 2, ComparisonVector.BothMissing).SelectMany(
                c0 => Gen.Elements(0, 1, ComparisonVector.OneMissing).SelectMany(c1 => Gen.Choose(0, 3).SelectMany(
                    c2 => Gen.Choose(1, 3).SelectMany(captures => Gen.Choose(1, 500).Select(
                        count => new EstimationCell(0, Met.Vector(c0, c1, c2), (ushort)captures, count))))))
            .NonEmptyListOf()
            .Select(cells => cells.ToArray())
            .ToArbitrary();

    private static double[][] Start(EstimationCell[] cells)
    {
        double match = 0.5 / cells.Length;
        return
        [
            .. cells.Select((cell, i) => (double[])
            [
                match * (i + 1),
                cell.MayBeOfKind(0) ? (1 - (match * (i + 1))) / (cell.MayBeOfKind(1) ? 2 : 1) : 0,
                cell.MayBeOfKind(1) ? (1 - (match * (i + 1))) / (cell.MayBeOfKind(0) ? 2 : 1) : 0,
            ]),
        ];
    }

    private static (EmParameters Parameters, EmFit Fit) Fit(EstimationCell[] cells, EmOptions options) =>
        new EmEstimator(cells, Comparisons, Passes, options).Fit("test", Start(cells), CancellationToken.None);

    [Fact]
    public void Fit_OneIterationMore_NeverLowersThePosterior() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Cells, cells =>
        {
            double[] posteriors =
            [
                .. Enumerable.Range(1, 12).Select(iterations =>
                    Fit(cells, new EmOptions { MaxIterations = iterations, Tolerance = 1e-300 }).Fit.LogLikelihood),
            ];
            double slack = 1e-9 * Math.Abs(posteriors[0]);
            return posteriors.Zip(posteriors.Skip(1)).All(step => step.Second >= step.First - slack);
        }));

    [Fact]
    public void Fit_AnyCells_GivesProbabilitiesInsideZeroAndOne() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Cells, cells =>
        {
            EmParameters parameters = Fit(cells, new EmOptions()).Parameters;
            return parameters.Levels.SelectMany(levels => levels).Append(parameters.Shares).All(
                shares => Math.Abs(shares.Sum() - 1) < 1e-9 && shares.All(share => share is > 0 and < 1));
        }));

    [Fact]
    public void Expect_AnyCells_SharesEachCellAmongItsPossibleClasses() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Cells, cells =>
        {
            var em = new EmEstimator(cells, Comparisons, Passes, new EmOptions());
            double[][] responsibilities = Start(cells);
            em.Expect(em.Fit("test", responsibilities, CancellationToken.None).Parameters, responsibilities);
            return responsibilities.Zip(cells).All(pair =>
                Math.Abs(pair.First.Sum() - 1) < 1e-9
                && (pair.Second.MayBeOfKind(0) || pair.First[1] == 0)
                && (pair.Second.MayBeOfKind(1) || pair.First[2] == 0));
        }));

    [Fact]
    public void Expect_KnownParameters_IsTheLogLikelihoodByHand()
    {
        EstimationCell[] cells = [new(0, Met.Vector(1), 1, 10), new(1, Met.Vector(0), 2, 5)];
        var em = new EmEstimator(cells, TestComparisons.WithLevels(2), Passes, new EmOptions());
        var parameters = new EmParameters([[[0.1, 0.9]], [[0.6, 0.4]], [[0.7, 0.3]]], [0.5, 0.2, 0.3]);
        double[][] responsibilities = [new double[3], new double[3]];

        double logLikelihood = em.Expect(parameters, responsibilities);

        // First cell: a match or of the first kind; second cell: a match or of the second kind.
        double first = (0.5 * 0.9) + (0.2 * 0.4);
        double second = (0.5 * 0.1) + (0.3 * 0.7);
        Assert.Equal((10 * Math.Log(first)) + (5 * Math.Log(second)), logLikelihood, 9);
        Assert.Equal([0.45 / first, 0.08 / first, 0], responsibilities[0], Nearly);
        Assert.Equal([0.05 / second, 0, 0.21 / second], responsibilities[1], Nearly);
    }

    private static bool Nearly(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;

    [Fact]
    public void Frequencies_MissingValues_AreNotCounted()
    {
        EstimationCell[] cells =
        [
            new(0, Met.Vector(1), 1, 30),
            new(1, Met.Vector(0), 1, 9),
            new(2, Met.Vector(ComparisonVector.OneMissing), 1, 1000),
        ];
        var em = new EmEstimator(cells, TestComparisons.WithLevels(2), TestComparisons.PassesOn(0), new EmOptions());

        Assert.Equal([9.5 / 40, 30.5 / 40], em.Frequencies[0], Nearly);
    }

    [Fact]
    public void AgreeingLevels_AnyCount_SumToOneAndRise()
    {
        for (int levels = 2; levels <= 10; levels++)
        {
            double[] shares = LevelGuess.Agreeing(levels);

            Assert.Equal(1, shares.Sum(), 12);
            Assert.Equal(shares.Order(), shares);
            Assert.True(shares[0] > 0);
        }
    }

    [Fact]
    public void Fit_IterationLimitReached_SaysSo()
    {
        EstimationCell[] cells =
        [
            new(0, Met.Vector(2, 1, 3), 3, 400),
            new(1, Met.Vector(2, 0, 0), 1, 900),
            new(2, Met.Vector(0, 1, 1), 2, 700),
            new(3, Met.Vector(1, 1, 2), 3, 150),
            new(4, Met.Vector(0, 0, 0), 1, 800),
        ];

        EmFit stopped = Fit(cells, new EmOptions { MaxIterations = 2 }).Fit;
        EmFit ended = Fit(cells, new EmOptions { MaxIterations = 100_000 }).Fit;

        Assert.False(stopped.HasConverged);
        Assert.Equal(2, stopped.Iterations);
        Assert.True(stopped.LastChange > new EmOptions().Tolerance);
        Assert.True(ended.HasConverged);
        Assert.True(ended.LastChange <= new EmOptions().Tolerance);
        Assert.InRange(ended.Iterations, 3, 99_999);
    }

    [Fact]
    public void Fit_Cancelled_Throws()
    {
        EstimationCell[] cells = [new(0, Met.Vector(2, 1, 3), 3, 4)];
        var em = new EmEstimator(cells, Comparisons, Passes, new EmOptions());

        Assert.Throws<OperationCanceledException>(
            () => em.Fit("test", Start(cells), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void LargestChange_SmallClass_CountsLess()
    {
        var one = new EmParameters([[[0.5, 0.5]], [[0.5, 0.5]]], [0.999, 0.001]);
        EmParameters other = Copy(one);
        other.Levels[1][0][0] += 0.2;

        Assert.Equal(0.02, one.LargestChange(other), 12);
        Assert.Equal(0, one.LargestChange(Copy(one)));
        Assert.Equal(0.5, one.Levels[1][0][0]);
    }

    [Fact]
    public void Fit_MoreMatchesThanThereCanBe_StaysAtTheBound() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Cells, cells =>
        {
            const double Bound = 0.05;
            EmParameters parameters = new EmEstimator(cells, Comparisons, Passes, new EmOptions(), Bound)
                .Fit("test", Start(cells), CancellationToken.None).Parameters;
            return parameters.Shares[0] <= Bound && Math.Abs(parameters.Shares.Sum() - 1) < 1e-12;
        }));

    private static EmParameters Copy(EmParameters parameters) => new(
        [.. parameters.Levels.Select(levels => levels.Select(shares => shares.ToArray()).ToArray())],
        [.. parameters.Shares]);
}
