using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Tests.Support;
using Xunit.Abstractions;

namespace Linkage.Core.Tests.Estimation;

/// <summary>Intervals that say 95 % hold the truth in at least nine of ten samples, every one of them.</summary>
public sealed class IntervalCoverageTests(ITestOutputHelper output)
{
    private const int Samples = 200;
    private const int Needed = 180;
    private const int Pairs = 20_000;

    [Fact]
    public void Intervals_OneKind_CoverEveryFigure() =>
        ExpectCoverage(
            PatternDraws.OneKind, TestComparisons.WithLevels(3, 3, 3, 3), TestComparisons.PassesOn(0), [1, 1, 1, 1]);

    [Fact]
    public void Intervals_ThreeKinds_CoverEveryFigure() =>
        ExpectCoverage(
            PatternDraws.ThreeKinds,
            TestComparisons.WithLevels(3, 3, 3, 4),
            TestComparisons.PassesOn(0, 1, 2),
            [0b1100, 0b1010, 0b0110, 0b1110]);

    /// <param name="truth">The model that is drawn from.</param>
    /// <param name="comparisons">Its comparisons.</param>
    /// <param name="passes">Its passes.</param>
    /// <param name="chance">For every comparison the classes, a bit each, that tell how often it agrees by
    /// chance.</param>
    private void ExpectCoverage(PatternDraws truth, Comparison[] comparisons, PassFields[] passes, int[] chance)
    {
        var covered = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= Samples; seed++)
        {
            EstimatedModel estimated = TestComparisons.EstimateWhole(
                PatternDraws.Draw(truth, Pairs, seed), comparisons, passes);
            ModelIntervals intervals = Assert.IsType<ModelIntervals>(estimated.Intervals);
            Note(covered, "prior", intervals.Prior, truth.Shares[0]);
            for (int c = 0; c < comparisons.Length; c++)
            {
                for (int level = 0; level < comparisons[c].LevelCount; level++)
                {
                    Note(covered, $"m {c} {level}", intervals.Comparisons[c].M[level], truth.Levels[0][c][level]);
                    Note(
                        covered,
                        $"u {c} {level}",
                        intervals.Comparisons[c].U![level],
                        MeanOf(truth, truth.Shares.Length == 2 ? 0b10 : chance[c], c, level));
                }
            }
        }

        output.WriteLine(string.Join(", ", covered.Select(entry => $"{entry.Key}: {entry.Value}")));
        Assert.All(covered, entry => Assert.InRange(entry.Value, Needed, Samples));
    }

    private static void Note(
        SortedDictionary<string, int> covered, string name, ProbabilityInterval interval, double truth) =>
        covered[name] = covered.GetValueOrDefault(name) + (interval.Contains(truth) ? 1 : 0);

    private static double MeanOf(PatternDraws truth, int classes, int c, int level)
    {
        int[] told = [.. Enumerable.Range(0, truth.Shares.Length).Where(k => (classes >> k & 1) != 0)];
        return told.Sum(k => truth.Shares[k] * truth.Levels[k][c][level]) / told.Sum(k => truth.Shares[k]);
    }
}
