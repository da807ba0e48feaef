using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Merging;
using Linkage.Core.Model;

namespace Linkage.Core.Tests.Support;

/// <summary>Comparisons without a schema, and the estimation over pairs made by hand.</summary>
internal static class TestComparisons
{
    /// <summary>Comparisons c0, c1, … of so many levels, each on a field of its own name.</summary>
    public static Comparison[] WithLevels(params ReadOnlySpan<int> counts)
    {
        var comparisons = new Comparison[counts.Length];
        for (int c = 0; c < comparisons.Length; c++)
        {
            string[] names = [.. Enumerable.Range(0, counts[c]).Select(level => $"level {level}")];
            comparisons[c] = new Comparison($"c{c}", names, [$"c{c}"]);
        }

        return comparisons;
    }

    /// <summary>Passes p0, p1, …, each on the field of one comparison.</summary>
    public static PassFields[] PassesOn(params ReadOnlySpan<int> comparisons)
    {
        var passes = new PassFields[comparisons.Length];
        for (int p = 0; p < passes.Length; p++)
        {
            passes[p] = new PassFields($"p{p}", [$"c{comparisons[p]}"]);
        }

        return passes;
    }

    /// <summary>Estimates from cells of two files without duplicates, no record in two pairs.</summary>
    public static (FellegiSunterModel Model, IReadOnlyList<EmFit> Fits) Estimate(
        IReadOnlyList<(ComparisonVector Vector, int Captures, int Count)> cells,
        Comparison[] comparisons,
        PassFields[] passes,
        EmOptions? options = null)
    {
        EstimatedModel estimated = EstimateWhole(cells, comparisons, passes, options);
        return (estimated.Model, estimated.Fits);
    }

    /// <summary>The same, with intervals and dependence.</summary>
    public static EstimatedModel EstimateWhole(
        IReadOnlyList<(ComparisonVector Vector, int Captures, int Count)> cells,
        Comparison[] comparisons,
        PassFields[] passes,
        EmOptions? options = null,
        PriorKnowledge? knowledge = null)
    {
        CandidatePairs candidates = Met.Counted(cells);
        int[] parties = [.. Enumerable.Repeat(0, candidates.Count), .. Enumerable.Repeat(1, candidates.Count)];
        var view = new OneToOneView(candidates, parties, [true, true]);
        var estimator = new ModelEstimator(
            candidates, comparisons, view, passes, options ?? new EmOptions(), knowledge);
        return estimator.Estimate("test", null, CancellationToken.None);
    }

    /// <summary>Whether all probabilities of a model lie inside (0, 1) and sum to one where they must.</summary>
    public static bool IsSound(FellegiSunterModel model) =>
        IsInside(model.PriorMatchProbability)
        && model.Comparisons.All(comparison =>
            SumsToOne(comparison.Levels.Select(level => level.MProbability))
            && SumsToOne(comparison.Levels.Select(level => level.UProbability)))
        && model.NonMatchKinds.All(kind => kind.UProbabilities.All(levels => SumsToOne(levels)))
        && Math.Abs(model.NonMatchKinds.Sum(kind => kind.Share) - 1) < 1e-9
        && model.NonMatchKinds.All(kind => kind.Share is > 0 and <= 1);

    private static bool SumsToOne(IEnumerable<double> shares)
    {
        double[] all = [.. shares];
        return Math.Abs(all.Sum() - 1) < 1e-9 && all.All(IsInside);
    }

    private static bool IsInside(double probability) => probability is > 0 and < 1;
}
