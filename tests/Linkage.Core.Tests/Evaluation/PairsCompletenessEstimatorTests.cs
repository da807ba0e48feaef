using Linkage.Core.Evaluation;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Evaluation;

public sealed class PairsCompletenessEstimatorTests
{
    private const int Samples = 20;

    private static readonly Dictionary<int, double> Together = new() { [3] = 1.2, [12] = 0.8, [5] = -0.5 };

    private static (PairsCompleteness? Completeness, string? Refusal) Estimate(double[] cells, int[][]? fields = null)
    {
        double[] seen = [0, .. cells[1..]];
        int passes = (int)Math.Log2(cells.Length);
        return PairsCompletenessEstimator.Estimate(
            [.. Enumerable.Range(0, passes).Select(pass =>
                ($"pass{pass}", (IReadOnlyList<int>)(fields?[pass] ?? [pass])))],
            seen);
    }

    private static double Truth(double[] cells) => 1 - (cells[0] / cells.Sum());

    /// <summary>The mean error over samples, in which a bias cannot hide as it can in the noise of one.</summary>
    private static void AssertRecovers(double[] expected)
    {
        var random = new SmallRandom(17);
        double error = 0;
        int covered = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] cells = CaptureTables.Draw(expected, random);
            PairsCompleteness found = Estimate(cells).Completeness!;
            error += (found.Estimate - Truth(cells)) / Samples;
            covered += found.Low <= Truth(expected) && Truth(expected) <= found.High ? 1 : 0;
        }

        Assert.InRange(error, -0.005, 0.005);
        Assert.InRange(covered, Samples * 3 / 4, Samples);
    }

    [Fact]
    public void Estimate_IndependentCaptures_RecoversTheTotal() =>
        AssertRecovers(CaptureTables.Expect(5_000, [0.2, 0.5, -0.3, 0.1]));

    [Fact]
    public void Estimate_PairwiseDependentCaptures_RecoversTheTotal() =>
        AssertRecovers(CaptureTables.Expect(20_000, [0.2, 0.5, -0.3, 0.1], Together));

    [Fact]
    public void Estimate_FivePasses_RecoversTheTotal() =>
        AssertRecovers(CaptureTables.Expect(5_000, [0.2, 0.5, -0.3, 0.1, 0.4], Together));

    [Fact]
    public void Estimate_ExpectedCounts_IsExactAndWithinItsInterval()
    {
        double[] cells = CaptureTables.Expect(20_000, [0.2, 0.5, -0.3, 0.1], Together);

        PairsCompleteness found = Estimate(cells).Completeness!;

        Assert.Equal(Truth(cells), found.Estimate, 1e-6);
        Assert.True(found.Low < found.Estimate && found.Estimate < found.High && found.High <= 1);
    }

    /// <summary>A pass outside the core finds one half of what the core missed; the other half is left.</summary>
    [Fact]
    public void Estimate_PassOutsideTheCore_TakesWhatItFoundFromTheUnseen()
    {
        double[] core = CaptureTables.Expect(20_000, [0.2, 0.5, 0.1]);
        double[] cells = [.. core.Select(cell => cell / 2), .. core.Select(cell => cell / 2)];

        PairsCompleteness found = Estimate(cells, [[0], [1], [2], [0, 1, 2]]).Completeness!;

        Assert.Equal(["pass0", "pass1", "pass2"], found.CorePasses);
        Assert.Equal(1 - (core[0] / 2 / 20_000), found.Estimate, 1e-6);
    }

    [Fact]
    public void Estimate_OtherPassesFoundMoreThanTheCoreMissed_IsOne()
    {
        double[] core = CaptureTables.Expect(20_000, [0.2, 0.5, 0.1]);
        double[] cells = [.. core, 2 * core[0], .. new double[7]];

        Assert.Equal(1, Estimate(cells, [[0], [1], [2], [0, 1, 2]]).Completeness!.Estimate);
    }

    [Fact]
    public void Estimate_FewerThanThreeDisjointPasses_IsRefused()
    {
        double[] cells = CaptureTables.Expect(20_000, [0.2, 0.5, 0.1]);

        (PairsCompleteness? completeness, string? refusal) = Estimate(cells, [[0], [1, 2], [2, 3]]);

        Assert.Null(completeness);
        Assert.Equal("fewer than 3 passes share no field", refusal);
    }

    [Fact]
    public void Estimate_FewMatches_IsRefused()
    {
        (PairsCompleteness? completeness, string? refusal) = Estimate(CaptureTables.Expect(50, [0.2, 0.5, 0.1]));

        Assert.Null(completeness);
        Assert.Equal("fewer than 50 matches are expected", refusal);
    }

    [Fact]
    public void Estimate_SameCounts_IsTheSame()
    {
        double[] cells = CaptureTables.Draw(CaptureTables.Expect(900, [0.2, 0.5, 0.1, 0.4]), new SmallRandom(2));

        PairsCompleteness one = Estimate(cells).Completeness!;
        PairsCompleteness other = Estimate(cells).Completeness!;

        Assert.Equal((one.Estimate, one.Low, one.High), (other.Estimate, other.Low, other.High));
    }

    [Fact]
    public void Estimate_EmptyCells_GivesOrderedShares()
    {
        var random = new SmallRandom(8);
        foreach (double odds in (double[])[-3, 0, 3, 6])
        {
            double[] cells = CaptureTables.Draw(CaptureTables.Expect(400, [odds, odds, odds, odds, odds]), random);

            if (Estimate(cells).Completeness is { } found)
            {
                Assert.True(found.Low >= 0 && found.Low <= found.Estimate);
                Assert.True(found.Estimate <= found.High && found.High <= 1);
            }
        }
    }

    [Fact]
    public void Count_Pairs_EachAddsItsOwnProbabilityToItsHistory()
    {
        CandidatePairs candidates = CandidatePairs.From(
        [
            new MetPair(0, 5, 0, Met.Vector(2)), new MetPair(0, 5, 2, Met.Vector(2)),
            new MetPair(0, 6, 0, Met.Vector(2)),
            new MetPair(1, 6, 0, Met.Vector(1)),
        ]);

        double[] matches = PairsCompletenessCaptures.Count(
            candidates, new PairProbabilities([0.875, 0.125, 0.25], 0), passCount: 3);

        // Two pairs of one pattern have probabilities of their own.
        Assert.Equal([0, 0.375, 0, 0, 0, 0.875, 0, 0], matches);
    }
}
