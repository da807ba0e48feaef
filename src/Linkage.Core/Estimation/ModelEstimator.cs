using System.Numerics;
using Linkage.Core.Comparisons;
using Linkage.Core.Merging;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Estimation;

/// <summary>Fits the model from several starts and picks the one that finds persons.</summary>
/// <remarks>
/// On data with households a likelihood may have a second optimum, in which pairs that share a home are the matches. It
/// shows itself by giving one record several "matches" in a file without duplicates, so the fits with few such matches
/// come first and the likelihood decides among them.
/// </remarks>
internal sealed class ModelEstimator
{
    // Persons leave a few percent (near-duplicates, twins); households of three to four leave half and more.
    private const double TolerableExcess = 0.1;

    private readonly CandidatePairs _candidates;
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly OneToOneView _view;
    private readonly IReadOnlyList<PassFields> _passes;
    private readonly EstimationCell[] _cells;
    private readonly EmEstimator _em;

    public ModelEstimator(
        CandidatePairs candidates, IReadOnlyList<Comparison> comparisons, OneToOneView view,
        IReadOnlyList<PassFields> passes, EmOptions options)
    {
        _candidates = candidates;
        _comparisons = comparisons;
        _view = view;
        _passes = passes;
        _cells = candidates.CountCells();
        _em = new EmEstimator(_cells, comparisons, passes, options);
    }

    public (FellegiSunterModel Model, IReadOnlyList<EmFit> Fits) Estimate(
        string linkageFingerprint, IProgress<Bloom.StageProgress>? progress, CancellationToken cancellationToken)
    {
        (string Name, Func<double[]> Make)[] starts =
        [
            ("level frequencies", FromFrequencies),
            ("most comparisons equal", FromAgreementCounts),
            ("best partner of each other", FromMutualBest),
        ];
        var models = new FellegiSunterModel[starts.Length];
        var fits = new EmFit[starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            double[][] responsibilities = SpreadNonMatches(starts[i].Make());
            (EmParameters parameters, fits[i]) = _em.Fit(starts[i].Name, responsibilities, cancellationToken);
            models[i] = ToModel(parameters, linkageFingerprint);
            var scores = new PatternScores(_candidates.Patterns, models[i]);
            fits[i] = fits[i] with { ExcessMatches = _view.ExcessMatches(scores.Probabilities) };
            progress?.Report(new Bloom.StageProgress("estimating", i + 1, starts.Length));
        }

        int chosen = Choose(fits);
        fits[chosen] = fits[chosen] with { IsChosen = true };
        return (models[chosen], fits);
    }

    private static int Choose(EmFit[] fits)
    {
        int best = 0;
        for (int i = 1; i < fits.Length; i++)
        {
            bool bestTolerable = fits[best].ExcessMatches <= TolerableExcess;
            bool tolerable = fits[i].ExcessMatches <= TolerableExcess;
            bool better = tolerable == bestTolerable
                ? (tolerable
                    ? fits[i].LogLikelihood > fits[best].LogLikelihood
                    : fits[i].ExcessMatches < fits[best].ExcessMatches)
                : tolerable;
            best = better ? i : best;
        }

        return best;
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

    private FellegiSunterModel ToModel(EmParameters parameters, string linkageFingerprint) => new()
    {
        LinkageFingerprint = linkageFingerprint,
        PriorMatchProbability = parameters.Shares[0],
        Comparisons = [.. _comparisons.Select((_, c) => ToComparison(parameters, c))],
        NonMatchKinds =
        [
            .. _passes.Select((pass, p) => new NonMatchKind(
                pass.Name, parameters.Shares[p + 1] / (1 - parameters.Shares[0]), parameters.Levels[p + 1])),
        ],
    };

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
