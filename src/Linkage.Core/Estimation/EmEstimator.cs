using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>Expectation-maximization of the Fellegi–Sunter model on pattern counts.</summary>
/// <remarks>
/// Dempster, Laird, Rubin: Maximum likelihood from incomplete data via the EM algorithm, Journal of the Royal Statistical
/// Society B 39 (1977), 1–38; for record linkage Winkler: Using the EM algorithm for weight computation in the
/// Fellegi–Sunter model of record linkage (1988). Dirichlet priors make it a posterior mode. Cost grows with the number
/// of distinct patterns, not with pairs. A missing value contributes to no sum.
/// </remarks>
internal sealed class EmEstimator
{
    private readonly AgreementPattern[] _patterns;
    private readonly int[] _levelCounts;
    private readonly EmOptions _options;
    private readonly double[][] _mPrior;
    private readonly double[][] _uPrior;

    public EmEstimator(AgreementPattern[] patterns, IReadOnlyList<Comparison> comparisons, EmOptions options)
    {
        _patterns = patterns;
        _levelCounts = [.. comparisons.Select(comparison => comparison.LevelCount)];
        _options = options;
        Frequencies = CountFrequencies();
        _mPrior = [.. _levelCounts.Select(levels => Scale(AgreeingLevels(levels), options.MPriorPairs))];
        _uPrior = [.. Frequencies.Select(shares => Scale(shares, options.UPriorPairs))];
    }

    /// <summary>Share of every level among all candidates that have one, with one pseudo-pair spread evenly.</summary>
    public double[][] Frequencies { get; }

    /// <summary>Shares of levels among matches as one would guess them: nine in ten equal, the rest nearer more often.</summary>
    public static double[] AgreeingLevels(int levels)
    {
        const double Equal = 0.9;
        double[] shares = new double[levels];
        double rest = levels * (levels - 1) / 2.0;
        for (int level = 0; level < levels - 1; level++)
        {
            shares[level] = (1 - Equal) * (level + 1) / rest;
        }

        shares[^1] = Equal;
        return shares;
    }

    /// <summary>Fits from given responsibilities: for every pattern the share of its pairs held to be matches.</summary>
    public (EmParameters Parameters, EmFit Fit) Fit(string start, double[] responsibilities, CancellationToken cancellationToken)
    {
        EmParameters parameters = Maximize(responsibilities);
        double change = double.PositiveInfinity;
        double logLikelihood = double.NegativeInfinity;
        int iteration = 0;
        while (iteration < _options.MaxIterations && change > _options.Tolerance)
        {
            cancellationToken.ThrowIfCancellationRequested();
            logLikelihood = Expect(parameters, responsibilities) + LogPrior(parameters);
            EmParameters next = Maximize(responsibilities);
            change = next.LargestChange(parameters);
            parameters = next;
            iteration++;
        }

        var fit = new EmFit(
            start, iteration, change <= _options.Tolerance, change, logLikelihood, parameters.Prior, 0, false);
        return (parameters, fit);
    }

    /// <summary>The E-step: fills the responsibilities and returns the log-likelihood.</summary>
    public double Expect(EmParameters parameters, double[] responsibilities)
    {
        double total = 0;
        for (int i = 0; i < _patterns.Length; i++)
        {
            double match = Math.Log(parameters.Prior);
            double nonMatch = Math.Log(1 - parameters.Prior);
            for (int c = 0; c < _levelCounts.Length; c++)
            {
                int level = _patterns[i].Vector[c];
                if (level < ComparisonVector.BothMissing)
                {
                    match += Math.Log(parameters.M[c][level]);
                    nonMatch += Math.Log(parameters.U[c][level]);
                }
            }

            double larger = Math.Max(match, nonMatch);
            double sum = larger + Math.Log(Math.Exp(match - larger) + Math.Exp(nonMatch - larger));
            responsibilities[i] = Math.Exp(match - sum);
            total += _patterns[i].Count * sum;
        }

        return total;
    }

    private EmParameters Maximize(double[] responsibilities)
    {
        double[][] m = [.. _mPrior.Select(prior => (double[])prior.Clone())];
        double[][] u = [.. _uPrior.Select(prior => (double[])prior.Clone())];
        double matches = 1;
        double pairs = 2;
        for (int i = 0; i < _patterns.Length; i++)
        {
            double expected = responsibilities[i] * _patterns[i].Count;
            matches += expected;
            pairs += _patterns[i].Count;
            for (int c = 0; c < _levelCounts.Length; c++)
            {
                int level = _patterns[i].Vector[c];
                if (level < ComparisonVector.BothMissing)
                {
                    m[c][level] += expected;
                    u[c][level] += _patterns[i].Count - expected;
                }
            }
        }

        var parameters = new EmParameters(m, u, matches / pairs);
        for (int c = 0; c < _levelCounts.Length; c++)
        {
            Normalize(m[c]);
            Normalize(u[c]);
            MonotoneWeights.Pool(m[c], u[c], parameters.IsPooled[c]);
        }

        return parameters;
    }

    private double LogPrior(EmParameters parameters)
    {
        double sum = Math.Log(parameters.Prior) + Math.Log(1 - parameters.Prior);
        for (int c = 0; c < _levelCounts.Length; c++)
        {
            for (int level = 0; level < _levelCounts[c]; level++)
            {
                sum += _mPrior[c][level] * Math.Log(parameters.M[c][level]);
                sum += _uPrior[c][level] * Math.Log(parameters.U[c][level]);
            }
        }

        return sum;
    }

    private double[][] CountFrequencies()
    {
        double[][] counts = [.. _levelCounts.Select(levels => Enumerable.Repeat(1.0 / levels, levels).ToArray())];
        foreach (AgreementPattern pattern in _patterns)
        {
            for (int c = 0; c < _levelCounts.Length; c++)
            {
                int level = pattern.Vector[c];
                if (level < ComparisonVector.BothMissing)
                {
                    counts[c][level] += pattern.Count;
                }
            }
        }

        foreach (double[] shares in counts)
        {
            Normalize(shares);
        }

        return counts;
    }

    private static double[] Scale(double[] shares, double factor) => [.. shares.Select(share => share * factor)];

    private static void Normalize(double[] values)
    {
        double sum = values.Sum();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= sum;
        }
    }
}
