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
    private readonly PriorKnowledge _knowledge;
    private readonly EmEstimator _em;
    private readonly ModelBuilder _builder;

    private FamilyFitter(
        CandidatePairs candidates,
        IReadOnlyList<Comparison> comparisons,
        OneToOneView view,
        IReadOnlyList<PassFields> passes,
        EstimationCell[] cells,
        PriorKnowledge knowledge,
        EmOptions options)
    {
        _candidates = candidates;
        _comparisons = comparisons;
        _view = view;
        _passes = passes;
        _cells = cells;
        _knowledge = knowledge;
        _em = new EmEstimator(cells, comparisons, passes, options, view.MostMatches(), knowledge);
        _builder = new ModelBuilder(comparisons, passes, _em.Factors, knowledge);
    }

    /// <summary>The family in which every pass has its kind of non-matches.</summary>
    public static FamilyFitter WithKinds(
        CandidatePairs candidates,
        IReadOnlyList<Comparison> comparisons,
        OneToOneView view,
        IReadOnlyList<PassFields> passes,
        PriorKnowledge knowledge,
        EmOptions options)
        => new(candidates, comparisons, view, passes, candidates.CountCells(knowledge.Decided), knowledge, options);

    /// <summary>The family in which all non-matches are one crowd.</summary>
    public static FamilyFitter WithOneKind(
        CandidatePairs candidates,
        IReadOnlyList<Comparison> comparisons,
        OneToOneView view,
        PriorKnowledge knowledge,
        EmOptions options)
    {
        EstimationCell[] cells = candidates.CountCellsWithoutCaptures(knowledge.Decided);
        return new FamilyFitter(
            candidates, comparisons, view, [new PassFields("all", [])], cells, knowledge, options);
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
        double[][] responsibilities = SpreadNonMatches(matches);
        (EmParameters parameters, EmFit fit) = _em.Fit(name, responsibilities, cancellationToken);
        FellegiSunterModel model = _builder.Build(parameters, _em.Count(responsibilities), linkageFingerprint);
        var scores = new PatternScores(_candidates.Patterns, model);
        return new FittedModel(
            model, fit with { ExcessMatches = _view.ExcessMatches(scores.Probabilities) }, parameters);
    }

    /// <summary>How sure the figures of a fit are, and which comparisons it wrongly takes as independent.</summary>
    public (ModelIntervals? Intervals, IReadOnlyList<ComparisonDependence> Dependence) Examine(EmParameters parameters)
    {
        double[][] responsibilities = [.. _cells.Select(_ => new double[_em.ClassCount])];
        _em.Expect(parameters, responsibilities);
        ExpectedCounts counts = _em.Count(responsibilities);
        double[][][] levels = _builder.LevelShares(parameters, counts);
        IReadOnlyList<ComparisonDependence> dependence = new DependenceCheck(
            _cells, _comparisons, _passes, _em.Factors, parameters, levels, responsibilities).Run();
        InformationMatrix? information = InformationMatrix.From(_cells, _em, parameters, responsibilities);
        ModelIntervals? intervals = information is null
            ? null
            : new IntervalEstimator(_comparisons, _passes, _em.Factors, parameters, counts, levels, information)
                .Estimate([.. _comparisons.Select((_, c) => _knowledge.ChanceAgreement?[c] is not null)]);
        return (intervals, dependence);
    }

    private double[] FromFrequencies()
    {
        const double GuessedPrior = 0.05;
        double[][] m = [.. _comparisons.Select(comparison => LevelGuess.Agreeing(comparison.LevelCount))];
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
            double match = cell.IsMatch is { } decided ? (decided ? 1 : 0) : matches[cell.Pattern];
            double part = (1 - match) / BitOperations.PopCount(cell.Captures);
            return (double[])[match, .. _passes.Select((_, pass) => cell.MayBeOfKind(pass) ? part : 0)];
        }),
    ];
}
