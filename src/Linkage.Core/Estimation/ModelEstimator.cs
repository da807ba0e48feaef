using Linkage.Core.Comparisons;
using Linkage.Core.Merging;
using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>Fits the model from several starts and picks the one that finds persons.</summary>
/// <remarks>
/// On data with households the likelihood has a second optimum: the class of pairs that share a home. It shows itself by
/// giving one record several "matches" in a file without duplicates, so the fits with few such matches come first and
/// the likelihood decides among them.
/// </remarks>
internal sealed class ModelEstimator
{
    // Persons leave a few percent (near-duplicates, twins); households of three to four leave half and more.
    private const double TolerableExcess = 0.1;

    private readonly CandidatePairs _candidates;
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly OneToOneView _view;
    private readonly EmEstimator _em;

    public ModelEstimator(
        CandidatePairs candidates, IReadOnlyList<Comparison> comparisons, OneToOneView view, EmOptions options)
    {
        _candidates = candidates;
        _comparisons = comparisons;
        _view = view;
        _em = new EmEstimator(candidates.Patterns, comparisons, options);
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
        var parameters = new EmParameters[starts.Length];
        var fits = new EmFit[starts.Length];
        double[] responsibilities = new double[_candidates.Patterns.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i].Make().CopyTo(responsibilities, 0);
            (parameters[i], fits[i]) = _em.Fit(starts[i].Name, responsibilities, cancellationToken);
            fits[i] = fits[i] with { ExcessMatches = _view.ExcessMatches(responsibilities) };
            progress?.Report(new Bloom.StageProgress("estimating", i + 1, starts.Length));
        }

        int chosen = Choose(fits);
        fits[chosen] = fits[chosen] with { IsChosen = true };
        return (ToModel(parameters[chosen], linkageFingerprint), fits);
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
        double[] responsibilities = new double[_candidates.Patterns.Length];
        _em.Expect(new EmParameters(m, _em.Frequencies, GuessedPrior), responsibilities);
        return responsibilities;
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

    private FellegiSunterModel ToModel(EmParameters parameters, string linkageFingerprint) => new()
    {
        LinkageFingerprint = linkageFingerprint,
        PriorMatchProbability = parameters.Prior,
        Comparisons =
        [
            .. _comparisons.Select((comparison, c) => new ComparisonModel(
                comparison.Name,
                [
                    .. comparison.LevelNames.Select((name, level) => new LevelModel(
                        name, parameters.M[c][level], parameters.U[c][level], parameters.IsPooled[c][level])),
                ])),
        ],
    };
}
