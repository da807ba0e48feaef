using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>
/// Expectation-maximization of a Fellegi–Sunter model whose non-matches come in kinds, on pattern counts.
/// </summary>
/// <remarks>
/// <para>
/// Dempster, Laird, Rubin: Maximum likelihood from incomplete data via the EM algorithm, Journal of the Royal
/// Statistical Society B 39 (1977), 1–38; for record linkage Winkler: Using the EM algorithm for weight computation in
/// the Fellegi–Sunter model of record linkage (1988). Dirichlet priors make it a posterior mode.
/// </para>
/// <para>
/// Two non-matches became candidates because they agree on some pass's key: they share a birth date, or a home, or a
/// name. Taken as one class they look as if every key agreed now and then by chance, and an agreement that is strong
/// evidence loses its weight. So the non-matches are a mixture with one class a pass (latent classes as in Goodman:
/// Exploratory latent structure analysis, Biometrika 61 (1974), 215–231); factors are independent within a class only.
/// A pair can only be of the kind of a pass in which it met, so most kinds are known and the fit is quick. Pairs that a
/// person has decided can be of their class only. Cost grows with the number of distinct patterns and capture
/// histories, not with pairs. A missing value adds to no sum.
/// </para>
/// </remarks>
internal sealed class EmEstimator
{
    private readonly EstimationCell[] _cells;
    private readonly Factor[] _factors;
    private readonly EmOptions _options;
    private readonly EmPriors _priors;
    private readonly double _mostMatches;
    private readonly EmSweep _sweep;
    private readonly double _matchPseudoPairs;
    private readonly double _otherPseudoPairs;

    public EmEstimator(
        EstimationCell[] cells,
        IReadOnlyList<Comparison> comparisons,
        IReadOnlyList<PassFields> passes,
        EmOptions options,
        double mostMatches = 1,
        PriorKnowledge? knowledge = null)
    {
        _cells = cells;
        _options = options;
        _mostMatches = mostMatches;
        ClassCount = passes.Count + 1;
        _factors = FactorsOf(comparisons, options);
        Frequencies = LevelFrequencies.Count(cells, comparisons);
        _priors = EmPriors.Create(
            comparisons, passes, _factors, knowledge ?? PriorKnowledge.None, options, Frequencies);
        _sweep = new EmSweep(cells, _factors, ClassCount);
        (_matchPseudoPairs, _otherPseudoPairs) = PseudoPairsOfShares();
    }

    /// <summary>Matches and all kinds of non-matches.</summary>
    public int ClassCount { get; }

    /// <summary>The factors, by their first comparison.</summary>
    public IReadOnlyList<Factor> Factors => _factors;

    /// <summary>The priors in use.</summary>
    public EmPriors Priors => _priors;

    /// <summary>Share of every level among all candidates that have one, with one pseudo-pair spread evenly.</summary>
    public double[][] Frequencies { get; }

    /// <summary>The factors that comparisons make under the interactions of the options.</summary>
    public static Factor[] FactorsOf(IReadOnlyList<Comparison> comparisons, EmOptions options)
    {
        string[] names = [.. comparisons.Select(comparison => comparison.Name)];
        return Factor.From(
            [.. comparisons.Select(comparison => comparison.LevelCount)],
            [
                .. options.Interactions
                    .Select(pair => (Array.IndexOf(names, pair.First), Array.IndexOf(names, pair.Second)))
                    .Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2))),
            ]);
    }

    /// <summary>Fits from given responsibilities: [cell][class], changed in place to those of the result.</summary>
    public (EmParameters Parameters, EmFit Fit) Fit(
        string start, double[][] responsibilities, CancellationToken cancellationToken)
    {
        EmParameters parameters = Maximize(_sweep.Count(responsibilities));
        var history = new List<double>();
        double change = double.PositiveInfinity;
        while (history.Count < _options.MaxIterations && change > _options.Tolerance)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double logLikelihood, ExpectedCounts counts) = _sweep.Expect(parameters, null);
            history.Add(logLikelihood + LogPrior(parameters));
            EmParameters next = Maximize(counts);
            change = next.LargestChange(parameters);
            parameters = next;
        }

        Expect(parameters, responsibilities);
        var fit = new EmFit(
            start,
            history.Count,
            change <= _options.Tolerance,
            change,
            history[^1],
            parameters.Shares[0],
            ExcessMatches: 0,
            IsChosen: false)
        {
            History = history,
        };
        return (parameters, fit);
    }

    /// <summary>The E-step: fills the responsibilities and returns the log-likelihood.</summary>
    public double Expect(EmParameters parameters, double[][] responsibilities) =>
        _sweep.Expect(parameters, responsibilities).LogLikelihood;

    /// <summary>The expected number of pairs of every class, and of every state in it.</summary>
    public ExpectedCounts Count(double[][] responsibilities) => _sweep.Count(responsibilities);

    private EmParameters Maximize(ExpectedCounts counts)
    {
        double[][][] levels = new double[ClassCount][][];
        for (int k = 0; k < ClassCount; k++)
        {
            levels[k] = new double[_factors.Length][];
            for (int f = 0; f < _factors.Length; f++)
            {
                levels[k][f] = _priors.Fixed[k][f] ?? Normalized(counts.States[k][f], _priors.Pseudo[k][f], f);
            }
        }

        return new EmParameters(levels, Shares(counts.Classes));
    }

    private double[] Normalized(double[] counts, double[] pseudo, int factor)
    {
        double[] shares = new double[counts.Length];
        foreach ((int start, int length) in _factors[factor].Tables)
        {
            double sum = 0;
            for (int state = start; state < start + length; state++)
            {
                shares[state] = counts[state] + pseudo[state];
                sum += shares[state];
            }

            for (int state = start; state < start + length; state++)
            {
                shares[state] /= sum;
            }
        }

        return shares;
    }

    // One pseudo-pair a class; what is expected of the matches as a whole weighs against all kinds together.
    private double[] Shares(double[] classes)
    {
        double others = classes.Skip(1).Sum() + classes.Length - 1;
        double total = classes[0] + 1 + others + _matchPseudoPairs + _otherPseudoPairs;

        // There cannot be more matches than records to match with.
        double matches = Math.Min((classes[0] + 1 + _matchPseudoPairs) / total, _mostMatches);
        return [matches, .. classes.Skip(1).Select(count => (1 - matches) * (count + 1) / others)];
    }

    private (double Matches, double Others) PseudoPairsOfShares()
    {
        if (_options.ExpectedMatches is not { } expected)
        {
            return (0, 0);
        }

        double pairs = _cells.Sum(cell => cell.Count);
        double weight = _options.ExpectedMatchesWeight / (1 - _options.ExpectedMatchesWeight);
        double matches = Math.Min(expected, pairs) * weight;
        return (matches, (pairs * weight) - matches);
    }

    private double LogPrior(EmParameters parameters)
    {
        double sum = (_matchPseudoPairs * Math.Log(parameters.Shares[0]))
            + (_otherPseudoPairs * Math.Log(1 - parameters.Shares[0]));
        for (int k = 0; k < ClassCount; k++)
        {
            sum += Math.Log(parameters.Shares[k]);
            for (int f = 0; f < _factors.Length; f++)
            {
                for (int state = 0; state < _factors[f].StateCount && _priors.Fixed[k][f] is null; state++)
                {
                    sum += _priors.Pseudo[k][f][state] * Math.Log(parameters.Levels[k][f][state]);
                }
            }
        }

        return sum;
    }
}
