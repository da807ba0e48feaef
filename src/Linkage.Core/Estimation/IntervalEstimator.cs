using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>Intervals of a fitted model's figures, from the information of all its parameters.</summary>
/// <remarks>
/// Every figure is a function of the parameters; its log-odds are taken as normal (delta method), which keeps intervals
/// inside 0 and 1 and serves shares near either end.
/// </remarks>
internal sealed class IntervalEstimator
{
    // Two-sided 95 % of the normal distribution.
    private const double Normal = 1.959963984540054;

    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly IReadOnlyList<PassFields> _passes;
    private readonly IReadOnlyList<Factor> _factors;
    private readonly EmParameters _parameters;
    private readonly ExpectedCounts _counts;
    private readonly double[][][] _levels;
    private readonly InformationMatrix _information;

    public IntervalEstimator(
        IReadOnlyList<Comparison> comparisons,
        IReadOnlyList<PassFields> passes,
        IReadOnlyList<Factor> factors,
        EmParameters parameters,
        ExpectedCounts counts,
        double[][][] levels,
        InformationMatrix information)
    {
        _comparisons = comparisons;
        _passes = passes;
        _factors = factors;
        _parameters = parameters;
        _counts = counts;
        _levels = levels;
        _information = information;
    }

    /// <summary>Finds all intervals.</summary>
    /// <param name="isCounted">For every comparison whether its u is what owners counted.</param>
    public ModelIntervals Estimate(IReadOnlyList<bool> isCounted) => new(
        PriorInterval(),
        [
            .. _comparisons.Select((comparison, c) => new ComparisonIntervals(
                comparison.Name,
                [.. Enumerable.Range(0, comparison.LevelCount).Select(level => MInterval(c, level))],
                isCounted[c]
                    ? null
                    : [.. Enumerable.Range(0, comparison.LevelCount).Select(level => UInterval(c, level))])),
        ]);

    /// <summary>The interval of one level's u in one kind of non-match.</summary>
    public ProbabilityInterval KindInterval(int k, int c, int level)
    {
        double[] gradient = new double[_information.Count];
        AddLevel(gradient, k, c, level, 1);
        return Interval(_levels[k][c][level], gradient);
    }

    private ProbabilityInterval PriorInterval()
    {
        double prior = _parameters.Shares[0];
        double[] gradient = new double[_information.Count];
        for (int k = 1; k < _parameters.ClassCount; k++)
        {
            gradient[InformationMatrix.ShareAt(k)] = -prior * _parameters.Shares[k];
        }

        return Interval(prior, gradient);
    }

    private ProbabilityInterval MInterval(int c, int level) => KindInterval(0, c, level);

    // u is a mean over kinds, weighed by their shares, so shares and kinds' own u both move it.
    private ProbabilityInterval UInterval(int c, int level)
    {
        bool[] told = ModelBuilder.TellChance(_comparisons, _passes, c);
        double total = 0;
        double u = 0;
        for (int k = 1; k < _parameters.ClassCount; k++)
        {
            double share = told[k - 1] ? _parameters.Shares[k] : 0;
            total += share;
            u += share * _levels[k][c][level];
        }

        u /= total;
        double[] gradient = new double[_information.Count];
        for (int k = 1; k < _parameters.ClassCount; k++)
        {
            if (told[k - 1])
            {
                double share = _parameters.Shares[k] / total;
                gradient[InformationMatrix.ShareAt(k)] += share * (_levels[k][c][level] - u);
                AddLevel(gradient, k, c, level, share);
            }
        }

        return Interval(u, gradient);
    }

    private void AddLevel(double[] gradient, int k, int c, int level, double scale)
    {
        int f = ModelBuilder.FactorOf(_factors, c);
        _information.AddGradient(
            gradient, k, f, _factors[f].LevelWeights(c, level, _counts.States[k][f]), scale);
    }

    private ProbabilityInterval Interval(double share, double[] gradient)
    {
        double slope = 1 / (share * (1 - share));
        double half = Normal * slope * Math.Sqrt(_information.Variance(gradient));
        double logOdds = Math.Log(share / (1 - share));
        return new ProbabilityInterval(Logistic(logOdds - half), Logistic(logOdds + half));
    }

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
