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
/// Exploratory latent structure analysis, Biometrika 61 (1974), 215–231); comparisons are independent within a class
/// only. A pair can only be of the kind of a pass in which it met, so most kinds are known and the fit is quick. Cost
/// grows with the number of distinct patterns and capture histories, not with pairs. A missing value adds to no sum.
/// </para>
/// </remarks>
internal sealed class EmEstimator
{
    private readonly EstimationCell[] _cells;
    private readonly int[] _levelCounts;
    private readonly EmOptions _options;
    private readonly double[][][] _priors;
    private readonly double _mostMatches;

    public EmEstimator(
        EstimationCell[] cells,
        IReadOnlyList<Comparison> comparisons,
        IReadOnlyList<PassFields> passes,
        EmOptions options,
        double mostMatches = 1)
    {
        _cells = cells;
        _mostMatches = mostMatches;
        _levelCounts = [.. comparisons.Select(comparison => comparison.LevelCount)];
        _options = options;
        ClassCount = passes.Count + 1;
        Frequencies = CountFrequencies();
        _priors =
        [
            [.. _levelCounts.Select(levels => Scale(AgreeingLevels(levels), options.MPriorPairs))],
            .. passes.Select(pass => comparisons.Select((comparison, c) => Scale(
                pass.DrawsOn(comparison) ? Frequencies[c] : ChanceLevels(comparison.LevelCount),
                options.UPriorPairs)).ToArray()),
        ];
    }

    /// <summary>Matches and all kinds of non-matches.</summary>
    public int ClassCount { get; }

    /// <summary>Share of every level among all candidates that have one, with one pseudo-pair spread evenly.</summary>
    public double[][] Frequencies { get; }

    /// <summary>
    /// Shares of levels among matches as one would guess them: nine in ten equal, the rest nearer more often.
    /// </summary>
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

    /// <summary>Shares of levels among non-matches as one would guess them: nine in ten without agreement.</summary>
    public static double[] ChanceLevels(int levels)
    {
        const double None = 0.9;
        double[] shares = new double[levels];
        Array.Fill(shares, (1 - None) / (levels - 1));
        shares[0] = None;
        return shares;
    }

    /// <summary>Fits from given responsibilities: [cell][class], changed in place to those of the result.</summary>
    public (EmParameters Parameters, EmFit Fit) Fit(
        string start, double[][] responsibilities, CancellationToken cancellationToken)
    {
        EmParameters parameters = Maximize(responsibilities);
        double change = double.PositiveInfinity;
        double logPosterior = double.NegativeInfinity;
        int iteration = 0;
        while (iteration < _options.MaxIterations && change > _options.Tolerance)
        {
            cancellationToken.ThrowIfCancellationRequested();
            logPosterior = Expect(parameters, responsibilities) + LogPrior(parameters);
            EmParameters next = Maximize(responsibilities);
            change = next.LargestChange(parameters);
            parameters = next;
            iteration++;
        }

        var fit = new EmFit(
            start, iteration, change <= _options.Tolerance, change, logPosterior, parameters.Shares[0], 0, false);
        return (parameters, fit);
    }

    /// <summary>The E-step: fills the responsibilities and returns the log-likelihood.</summary>
    public double Expect(EmParameters parameters, double[][] responsibilities)
    {
        double total = 0;
        double[][][] logs =
            [.. parameters.Levels.Select(levels => levels.Select(values => Logarithms(values)).ToArray())];
        double[] logShares = Logarithms(parameters.Shares);
        for (int i = 0; i < _cells.Length; i++)
        {
            double[] joint = responsibilities[i];
            double largest = double.NegativeInfinity;
            for (int k = 0; k < joint.Length; k++)
            {
                joint[k] = k > 0 && !_cells[i].MayBeOfKind(k - 1)
                    ? double.NegativeInfinity
                    : logShares[k] + LogProbability(_cells[i].Vector, logs[k]);
                largest = Math.Max(largest, joint[k]);
            }

            double sum = 0;
            for (int k = 0; k < joint.Length; k++)
            {
                joint[k] = Math.Exp(joint[k] - largest);
                sum += joint[k];
            }

            for (int k = 0; k < joint.Length; k++)
            {
                joint[k] /= sum;
            }

            total += _cells[i].Count * (largest + Math.Log(sum));
        }

        return total;
    }

    private double LogProbability(ComparisonVector vector, double[][] logs)
    {
        double sum = 0;
        for (int c = 0; c < _levelCounts.Length; c++)
        {
            int level = vector[c];
            if (level < ComparisonVector.BothMissing)
            {
                sum += logs[c][level];
            }
        }

        return sum;
    }

    private EmParameters Maximize(double[][] responsibilities)
    {
        double[][][] levels = new double[ClassCount][][];
        double[] shares = new double[ClassCount];
        for (int k = 0; k < ClassCount; k++)
        {
            levels[k] = [.. _priors[k].Select(prior => (double[])prior.Clone())];
            shares[k] = 1;
        }

        for (int i = 0; i < _cells.Length; i++)
        {
            for (int k = 0; k < ClassCount; k++)
            {
                double expected = responsibilities[i][k] * _cells[i].Count;
                shares[k] += expected;
                for (int c = 0; c < _levelCounts.Length; c++)
                {
                    int level = _cells[i].Vector[c];
                    if (level < ComparisonVector.BothMissing)
                    {
                        levels[k][c][level] += expected;
                    }
                }
            }
        }

        Normalize(shares);
        foreach (double[][] ofClass in levels)
        {
            foreach (double[] ofComparison in ofClass)
            {
                Normalize(ofComparison);
            }
        }

        Cap(shares);
        return new EmParameters(levels, shares);
    }

    // There cannot be more matches than records to match with.
    private void Cap(double[] shares)
    {
        if (shares[0] > _mostMatches)
        {
            double scale = (1 - _mostMatches) / (1 - shares[0]);
            for (int k = 1; k < shares.Length; k++)
            {
                shares[k] *= scale;
            }

            shares[0] = _mostMatches;
        }
    }

    private double LogPrior(EmParameters parameters)
    {
        double sum = 0;
        for (int k = 0; k < ClassCount; k++)
        {
            sum += Math.Log(parameters.Shares[k]);
            for (int c = 0; c < _levelCounts.Length; c++)
            {
                for (int level = 0; level < _levelCounts[c]; level++)
                {
                    sum += _priors[k][c][level] * Math.Log(parameters.Levels[k][c][level]);
                }
            }
        }

        return sum;
    }

    private double[][] CountFrequencies()
    {
        double[][] counts = [.. _levelCounts.Select(levels => Enumerable.Repeat(1.0 / levels, levels).ToArray())];
        foreach (EstimationCell cell in _cells)
        {
            for (int c = 0; c < _levelCounts.Length; c++)
            {
                int level = cell.Vector[c];
                if (level < ComparisonVector.BothMissing)
                {
                    counts[c][level] += cell.Count;
                }
            }
        }

        foreach (double[] shares in counts)
        {
            Normalize(shares);
        }

        return counts;
    }

    private static double[] Logarithms(double[] values) => [.. values.Select(value => Math.Log(value))];

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
