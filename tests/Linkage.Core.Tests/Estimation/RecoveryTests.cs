using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

/// <summary>Parameters that pairs were drawn from come back, within sampling error.</summary>
public sealed class RecoveryTests
{
    private const int Pairs = 200_000;

    /// <summary>Four standard errors of a share of so many pairs, doubled as nobody says which they are.</summary>
    private static double Tolerance(double share, double pairs) => (8 * Math.Sqrt(share * (1 - share) / pairs)) + 0.002;

    private static void ExpectShares(double[] expected, IEnumerable<double> actual, double pairs)
    {
        foreach ((double wanted, double got) in expected.Zip(actual))
        {
            Assert.InRange(got, wanted - Tolerance(wanted, pairs), wanted + Tolerance(wanted, pairs));
        }
    }

    [Fact]
    public void Estimate_OneKind_RecoversTheModel()
    {
        PatternDraws truth = PatternDraws.OneKind;

        (FellegiSunterModel model, IReadOnlyList<EmFit> fits) = TestComparisons.Estimate(
            PatternDraws.Draw(truth, Pairs, 1), TestComparisons.WithLevels(3, 3, 3, 3), TestComparisons.PassesOn(0));

        Assert.All(fits, fit => Assert.True(fit.HasConverged));
        ExpectShares([truth.Shares[0]], [model.PriorMatchProbability], Pairs);
        for (int c = 0; c < 4; c++)
        {
            ExpectShares(
                truth.Levels[0][c],
                model.Comparisons[c].Levels.Select(level => level.MProbability),
                Pairs * truth.Shares[0]);
            ExpectShares(
                truth.Levels[1][c], model.NonMatchKinds[0].UProbabilities[c], Pairs * truth.Shares[1]);
        }
    }

    [Fact]
    public void Estimate_ThreeKinds_RecoversTheModel()
    {
        PatternDraws truth = PatternDraws.ThreeKinds;

        FellegiSunterModel model = TestComparisons.Estimate(
            PatternDraws.Draw(truth, Pairs, 2),
            TestComparisons.WithLevels(3, 3, 3, 4),
            TestComparisons.PassesOn(0, 1, 2)).Model;

        ExpectShares([truth.Shares[0]], [model.PriorMatchProbability], Pairs);
        for (int c = 0; c < 4; c++)
        {
            ExpectShares(
                truth.Levels[0][c],
                model.Comparisons[c].Levels.Select(level => level.MProbability),
                Pairs * truth.Shares[0]);
            for (int kind = 1; kind < truth.Shares.Length; kind++)
            {
                ExpectShares(
                    truth.Levels[kind][c],
                    model.NonMatchKinds[kind - 1].UProbabilities[c],
                    Pairs * truth.Shares[kind]);
            }
        }
    }

    [Fact]
    public void Estimate_ThreeKinds_AllStartsAgree()
    {
        IReadOnlyList<EmFit> fits = TestComparisons.Estimate(
            PatternDraws.Draw(PatternDraws.ThreeKinds, Pairs, 2),
            TestComparisons.WithLevels(3, 3, 3, 4),
            TestComparisons.PassesOn(0, 1, 2)).Fits;

        EmFit[] kinds = [.. fits.Take(3)];
        Assert.Contains(kinds, fit => fit.IsChosen);
        Assert.All(kinds, fit => Assert.Equal(fits[0].LogLikelihood, fit.LogLikelihood, 0.01));
        Assert.All(kinds, fit => Assert.Equal(fits[0].PriorMatchProbability, fit.PriorMatchProbability, 1e-4));
    }
}
