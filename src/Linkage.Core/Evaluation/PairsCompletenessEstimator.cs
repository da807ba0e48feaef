using System.Numerics;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core.Evaluation;

/// <summary>Estimates pairs completeness from how often matches had each capture history.</summary>
internal static class PairsCompletenessEstimator
{
    /// <summary>Below so many expected matches the cells are too empty to say anything.</summary>
    internal const double FewestMatches = 50;

    private const int Replicates = 200;
    private const double Tail = 0.025;
    private const ulong Seed = 0x70_61_69_72_73;

    /// <summary>Estimates from the pairs of a run, or says why not.</summary>
    /// <returns>One of the two is null.</returns>
    public static (PairsCompleteness? Completeness, string? Refusal) Estimate(
        LinkPlan plan, CandidatePairs candidates, PairProbabilities probabilities)
    {
        // A person listed n times makes n (n - 1) / 2 pairs that meet and miss together; a few such persons rule the
        // counts, and the estimate can be far off.
        if (plan.Files.Count == 1)
        {
            return (null, "the pairs of a person within one file do not meet independently");
        }

        return Estimate(
            [.. plan.Schema.Passes.Select((pass, i) => (pass.Name, plan.Schema.KeyFields(i)))],
            PairsCompletenessCaptures.Count(candidates, probabilities, plan.Schema.Passes.Count));
    }

    /// <summary>Estimates, or says why not.</summary>
    /// <param name="passes">The passes with the fields of their keys.</param>
    /// <param name="matches">By capture history (bit i for pass i) the expected number of matches.</param>
    /// <returns>One of the two is null.</returns>
    public static (PairsCompleteness? Completeness, string? Refusal) Estimate(
        IReadOnlyList<(string Name, IReadOnlyList<int> Fields)> passes, ReadOnlySpan<double> matches)
    {
        double found = 0;
        double[] captured = new double[passes.Count];
        for (int history = 1; history < matches.Length; history++)
        {
            found += matches[history];
            for (int pass = 0; pass < captured.Length; pass++)
            {
                captured[pass] += (history >> pass & 1) != 0 ? matches[history] : 0;
            }
        }

        if (found < FewestMatches)
        {
            return (null, $"fewer than {FewestMatches} matches are expected");
        }

        int core = PairsCompletenessCore.Choose([.. passes.Select(pass => pass.Fields)], captured);
        int lists = BitOperations.PopCount((uint)core);
        if (lists < PairsCompletenessCore.Fewest)
        {
            return (null, $"fewer than {PairsCompletenessCore.Fewest} passes share no field");
        }

        string[] names = [.. passes.Where((_, pass) => (core >> pass & 1) != 0).Select(pass => pass.Name)];
        return (Estimate(new PairsCompletenessModel(lists), Project(core, lists, matches), names), null);
    }

    /// <summary>Counts by history over the core alone; in cell 0 are those that only other passes found.</summary>
    private static double[] Project(int core, int lists, ReadOnlySpan<double> matches)
    {
        double[] cells = new double[1 << lists];
        for (int history = 1; history < matches.Length; history++)
        {
            int cell = 0;
            int bit = 0;
            for (int rest = core; rest != 0; rest &= rest - 1)
            {
                cell |= (history >> BitOperations.TrailingZeroCount(rest) & 1) << bit++;
            }

            cells[cell] += matches[history];
        }

        return cells;
    }

    private static PairsCompleteness Estimate(PairsCompletenessModel model, double[] cells, string[] names)
    {
        (double unseen, double[] means) = model.Fit(cells.AsSpan(1));
        double estimate = Share(cells, unseen);
        var random = new PairsCompletenessRandom(Seed);
        double[] shares = new double[Replicates];
        double[] drawn = new double[cells.Length];
        for (int replicate = 0; replicate < shares.Length; replicate++)
        {
            drawn[0] = random.NextPoisson(cells[0]);
            for (int cell = 1; cell < drawn.Length; cell++)
            {
                drawn[cell] = random.NextPoisson(means[cell - 1]);
            }

            shares[replicate] = Share(drawn, model.Fit(drawn.AsSpan(1)).Unseen);
        }

        Array.Sort(shares);
        int outside = (int)(Tail * Replicates);
        return new PairsCompleteness(
            estimate,
            Math.Min(estimate, shares[outside]),
            Math.Max(estimate, shares[^(outside + 1)]),
            names);
    }

    private static double Share(double[] cells, double unseenByCore)
    {
        double found = cells.Sum();
        return found / (found + Math.Max(0, unseenByCore - cells[0]));
    }
}
