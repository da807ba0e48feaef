using System.Numerics;
using Linkage.Core.Comparisons;
using Linkage.Core.Merging;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Estimation;

/// <summary>
/// Fits one family of models, with a kind of non-match a pass or with one for all, from several starts.
/// </summary>
internal sealed class FamilyFitter
{
    private readonly CandidatePairs _candidates;
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly OneToOneView _view;
    private readonly IReadOnlyList<PassFields> _passes;
    private readonly EstimationCell[] _cells;
    private readonly EmEstimator _em;

    private FamilyFitter(
        CandidatePairs candidates,
        IReadOnlyList<Comparison> comparisons,
        OneToOneView view,
        IReadOnlyList<PassFields> passes,
        EstimationCell[] cells,
        EmOptions options)
    {
        _candidates = candidates;
        _comparisons = comparisons;
        _view = view;
        _passes = passes;
        _cells = cells;
        _em = new EmEstimator(cells, comparisons, passes, options, view.MostMatches());
    }

    /// <summary>The family in which every pass has its kind of non-matches.</summary>
    public static FamilyFitter WithKinds(
        CandidatePairs candidates,
        IReadOnlyList<Comparison> comparisons,
        OneToOneView view,
        IReadOnlyList<PassFields> passes,
        EmOptions options)
        => new(candidates, comparisons, view, passes, candidates.CountCells(), options);

    /// <summary>The family in which all non-matches are one crowd.</summary>
    public static FamilyFitter WithOneKind(
        CandidatePairs candidates, IReadOnlyList<Comparison> comparisons, OneToOneView view, EmOptions options)
    {
        const ushort TheOnlyPass = 1;
        EstimationCell[] cells =
        [
            .. candidates.Patterns.Select(
                (pattern, i) => new EstimationCell(i, pattern.Vector, TheOnlyPass, pattern.Count)),
        ];
        return new FamilyFitter(candidates, comparisons, view, [new PassFields("all", [])], cells, options);
    }

    /// <summary>Fits from every start.</summary>
    /// <param name="suffix">Added to the names of the starts.</param>
    /// <param name="linkageFingerprint">Fingerprint the models are for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IReadOnlyList<FittedModel> Fit(string suffix, string linkageFingerprint, CancellationToken cancellationToken)
    {
        (string Name, Func<double[]> Make)[] starts =
        [
            ("level frequencies", FromFrequencies),
            ("most comparisons equal", FromAgreementCounts),
            ("best partner of each other", FromMutualBest),
        ];
        var fitted = new FittedModel[starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            fitted[i] = FitFrom(starts[i].Name + suffix, starts[i].Make(), linkageFingerprint, cancellationToken);
        }

        return fitted;
    }

    /// <summary>Fits from one start.</summary>
    /// <param name="name">Name of the start.</param>
    /// <param name="matches">For every pattern the probability, 0 to 1, with which it is first held a match.</param>
    /// <param name="linkageFingerprint">Fingerprint the model is for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public FittedModel FitFrom(
        string name, double[] matches, string linkageFingerprint, CancellationToken cancellationToken)
    {
        (EmParameters parameters, EmFit fit) = _em.Fit(name, SpreadNonMatches(matches), cancellationToken);
        FellegiSunterModel model = ToModel(parameters, linkageFingerprint);
        var scores = new PatternScores(_candidates.Patterns, model);
        return new FittedModel(model, fit with { ExcessMatches = _view.ExcessMatches(scores.Probabilities) });
    }

    private double[] FromFrequencies()
    {
        const double GuessedPrior = 0.05;
        double[][] m = [.. _comparisons.Select(comparison => EmEstimator.AgreeingLevels(comparison.LevelCount))];
        double logPrior = Math.Log(GuessedPrior / (1 - GuessedPrior));
        return
        [
            .. _candidates.Patterns.Select(pattern =>
            {
                double logOdds = logPrior;
                for (int c = 0; c < m.Length; c++)
                {
                    int level = pattern.Vector[c];
                    logOdds += level < ComparisonVector.BothMissing
                        ? Math.Log(m[c][level] / _em.Frequencies[c][level]) : 0;
                }

                return 1 / (1 + Math.Exp(-logOdds));
            }),
        ];
    }

    private double[] FromAgreementCounts()
    {
        const double EqualShare = 0.6;
        const double Sure = 0.99;
        return
        [
            .. _candidates.Patterns.Select(pattern =>
            {
                int compared = 0;
                int equal = 0;
                for (int c = 0; c < _comparisons.Count; c++)
                {
                    int level = pattern.Vector[c];
                    compared += level < ComparisonVector.BothMissing ? 1 : 0;
                    equal += level == _comparisons[c].LevelCount - 1 ? 1 : 0;
                }

                return compared >= 2 && equal >= EqualShare * compared ? Sure : 1 - Sure;
            }),
        ];
    }

    private double[] FromMutualBest()
    {
        double[] scores = FromFrequencies();
        return _view.MutualBestShares(scores);
    }

    // A non-match is first held to be of any kind that it can be.
    private double[][] SpreadNonMatches(double[] matches) =>
    [
        .. _cells.Select(cell =>
        {
            double match = matches[cell.Pattern];
            double part = (1 - match) / BitOperations.PopCount(cell.Captures);
            return (double[])[match, .. _passes.Select((_, pass) => cell.MayBeOfKind(pass) ? part : 0)];
        }),
    ];

    private FellegiSunterModel ToModel(EmParameters parameters, string linkageFingerprint)
    {
        // Summed, not 1 less the matches: the shares of the kinds must add up to 1 whatever the rounding.
        double nonMatches = parameters.Shares.Skip(1).Sum();
        return new FellegiSunterModel
        {
            LinkageFingerprint = linkageFingerprint,
            PriorMatchProbability = parameters.Shares[0],
            Comparisons = [.. _comparisons.Select((_, c) => ToComparison(parameters, c))],
            NonMatchKinds =
            [
                .. _passes.Select((pass, p) => new NonMatchKind(
                    pass.Name, parameters.Shares[p + 1] / nonMatches, parameters.Levels[p + 1])),
            ],
        };
    }

    private ComparisonModel ToComparison(EmParameters parameters, int c)
    {
        double[] m = parameters.Levels[0][c];
        double[] u = ChanceAgreement(parameters, c);
        var levels = new LevelModel[m.Length];
        double best = double.NegativeInfinity;
        for (int level = 0; level < m.Length; level++)
        {
            double ratio = m[level] / u[level];
            levels[level] = new LevelModel(_comparisons[c].LevelNames[level], m[level], u[level], ratio < best);
            best = Math.Max(best, ratio);
        }

        return new ComparisonModel(_comparisons[c].Name, levels);
    }

    // Pairs that a pass brought because of this very field say nothing of how often it agrees by chance.
    private double[] ChanceAgreement(EmParameters parameters, int c)
    {
        bool[] drawsOn = [.. _passes.Select(pass => pass.DrawsOn(_comparisons[c]))];
        double[] u = new double[_comparisons[c].LevelCount];
        double total = 0;
        for (int p = 0; p < _passes.Count; p++)
        {
            if (!drawsOn[p] || drawsOn.All(draws => draws))
            {
                total += parameters.Shares[p + 1];
                for (int level = 0; level < u.Length; level++)
                {
                    u[level] += parameters.Shares[p + 1] * parameters.Levels[p + 1][c][level];
                }
            }
        }

        return [.. u.Select(share => share / total)];
    }
}
