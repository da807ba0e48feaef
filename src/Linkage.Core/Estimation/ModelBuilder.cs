using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>Makes the model that people see, and that scores, of fitted parameters.</summary>
internal sealed class ModelBuilder
{
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly IReadOnlyList<PassFields> _passes;
    private readonly IReadOnlyList<Factor> _factors;
    private readonly PriorKnowledge _knowledge;

    public ModelBuilder(
        IReadOnlyList<Comparison> comparisons,
        IReadOnlyList<PassFields> passes,
        IReadOnlyList<Factor> factors,
        PriorKnowledge knowledge)
    {
        _comparisons = comparisons;
        _passes = passes;
        _factors = factors;
        _knowledge = knowledge;
    }

    /// <summary>Builds the model.</summary>
    /// <param name="parameters">The fitted parameters.</param>
    /// <param name="counts">Expected pairs behind them.</param>
    /// <param name="linkageFingerprint">Fingerprint the model is for.</param>
    public FellegiSunterModel Build(EmParameters parameters, ExpectedCounts counts, string linkageFingerprint)
    {
        double[][][] levels = LevelShares(parameters, counts);

        // Summed, not 1 less the matches: the shares of the kinds must add up to 1 whatever the rounding.
        double nonMatches = parameters.Shares.Skip(1).Sum();
        return new FellegiSunterModel
        {
            LinkageFingerprint = linkageFingerprint,
            PriorMatchProbability = parameters.Shares[0],
            Comparisons = [.. _comparisons.Select((_, c) => ToComparison(levels, parameters.Shares, c))],
            NonMatchKinds =
            [
                .. _passes.Select((pass, p) => new NonMatchKind(
                    pass.Name, parameters.Shares[p + 1] / nonMatches, levels[p + 1])),
            ],
            Interactions =
            [
                .. _factors.Index().Where(factor => factor.Item.Second is not null).Select(factor =>
                    new InteractionModel(
                        _comparisons[factor.Item.First].Name,
                        _comparisons[factor.Item.Second!.Value].Name,
                        parameters.Levels[0][factor.Index],
                        [.. parameters.Levels.Skip(1).Select(ofClass => ofClass[factor.Index])])),
            ],
            Note = _knowledge.Model?.Note,
        };
    }

    /// <summary>Shares of every comparison's levels in every class: [class][comparison][level].</summary>
    public double[][][] LevelShares(EmParameters parameters, ExpectedCounts counts) =>
    [
        .. parameters.Levels.Select((ofClass, k) => _comparisons.Select((comparison, c) =>
        {
            int f = FactorOf(_factors, c);
            return Enumerable.Range(0, comparison.LevelCount).Select(level => ofClass[f]
                .Zip(_factors[f].LevelWeights(c, level, counts.States[k][f]), (share, weight) => share * weight)
                .Sum()).ToArray();
        }).ToArray()),
    ];

    /// <summary>Index of the factor that a comparison is in.</summary>
    public static int FactorOf(IReadOnlyList<Factor> factors, int c)
    {
        int f = 0;
        while (factors[f].First != c && factors[f].Second != c)
        {
            f++;
        }

        return f;
    }

    private ComparisonModel ToComparison(double[][][] ofClasses, double[] shares, int c)
    {
        double[] m = ofClasses[0][c];
        double[] u = _knowledge.ChanceAgreement?[c] ?? ChanceAgreement(ofClasses, shares, c);
        var levels = new LevelModel[m.Length];
        double best = double.NegativeInfinity;
        for (int level = 0; level < m.Length; level++)
        {
            double ratio = m[level] / u[level];
            levels[level] = new LevelModel(_comparisons[c].LevelNames[level], m[level], u[level], ratio < best);
            best = Math.Max(best, ratio);
        }

        ComparisonModel? earlier = _knowledge.Model?.Comparisons[c];
        return new ComparisonModel(_comparisons[c].Name, levels)
        {
            Fixed = earlier?.Fixed ?? FixedProbabilities.None,
            Note = earlier?.Note,
        };
    }

    // Pairs that a pass brought because of this very field say nothing of how often it agrees by chance.
    private double[] ChanceAgreement(double[][][] ofClasses, double[] shares, int c)
    {
        bool[] told = TellChance(_comparisons, _passes, c);
        double[] u = new double[_comparisons[c].LevelCount];
        double total = 0;
        for (int p = 0; p < _passes.Count; p++)
        {
            if (told[p])
            {
                total += shares[p + 1];
                for (int level = 0; level < u.Length; level++)
                {
                    u[level] += shares[p + 1] * ofClasses[p + 1][c][level];
                }
            }
        }

        return [.. u.Select(share => share / total)];
    }

    /// <summary>
    /// The passes whose non-matches tell how often a comparison agrees by chance: those that do not draw on it, or all
    /// where every pass does.
    /// </summary>
    public static bool[] TellChance(IReadOnlyList<Comparison> comparisons, IReadOnlyList<PassFields> passes, int c)
    {
        bool[] drawsOn = [.. passes.Select(pass => pass.DrawsOn(comparisons[c]))];
        return drawsOn.All(draws => draws) ? drawsOn : [.. drawsOn.Select(draws => !draws)];
    }
}
