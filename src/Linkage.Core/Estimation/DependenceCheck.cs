using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>Compares how often every two comparisons agree, or differ, together with what the fitted model
/// says.</summary>
/// <remarks>
/// Bivariate residuals of a latent class model, as ratios instead of chi-squares, which are large for anything when
/// there are millions of pairs (Vermunt and Magidson: Technical guide for Latent GOLD, 2005, section 8.3). Pairs count
/// by the probability of their class, so what the model already mistakes for the other class does not show.
/// </remarks>
internal sealed class DependenceCheck
{
    /// <summary>A ratio of two is a weight that is one bit wrong.</summary>
    private const double StrongBits = 1;

    /// <summary>Standard errors by which a count must differ; some hundred pairs of fields are looked at.</summary>
    private const double Sure = 4;

    private readonly EstimationCell[] _cells;
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly IReadOnlyList<PassFields> _passes;
    private readonly IReadOnlyList<Factor> _factors;
    private readonly EmParameters _parameters;
    private readonly double[][] _responsibilities;
    private readonly double[][][] _levels;

    /// <summary>Looks at a fit.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="passes">The passes, each of which is a kind of non-match.</param>
    /// <param name="factors">The factors of the fit.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="levels">Shares of levels they give: [class][comparison][level].</param>
    /// <param name="responsibilities">Its responsibilities: [cell][class].</param>
    public DependenceCheck(
        EstimationCell[] cells,
        IReadOnlyList<Comparison> comparisons,
        IReadOnlyList<PassFields> passes,
        IReadOnlyList<Factor> factors,
        EmParameters parameters,
        double[][][] levels,
        double[][] responsibilities)
    {
        _cells = cells;
        _comparisons = comparisons;
        _passes = passes;
        _factors = factors;
        _parameters = parameters;
        _levels = levels;
        _responsibilities = responsibilities;
    }

    /// <summary>Checks every two comparisons.</summary>
    /// <returns>Strongest first, then in schema order.</returns>
    public IReadOnlyList<ComparisonDependence> Run()
    {
        var all = new List<ComparisonDependence>();
        for (int one = 0; one < _comparisons.Count; one++)
        {
            for (int other = one + 1; other < _comparisons.Count; other++)
            {
                all.Add(Check(one, other));
            }
        }

        return [.. all.OrderByDescending(pair => Math.Max(pair.DifferTogether, pair.AgreeTogether))];
    }

    private ComparisonDependence Check(int one, int other)
    {
        var matches = new Residual();
        Add(matches, 0, one, other, 0, 0);
        var others = new Residual();
        for (int p = 0; p < _passes.Count; p++)
        {
            if (!_passes[p].DrawsOn(_comparisons[one]) && !_passes[p].DrawsOn(_comparisons[other]))
            {
                Add(others, p + 1, one, other, _comparisons[one].LevelCount - 1, _comparisons[other].LevelCount - 1);
            }
        }

        return new ComparisonDependence(
            _comparisons[one].Name,
            _comparisons[other].Name,
            matches.Bits,
            others.Bits,
            matches.IsStrong || others.IsStrong);
    }

    private void Add(Residual residual, int k, int one, int other, int level, int otherLevel)
    {
        double pairs = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            ComparisonVector vector = _cells[i].Vector;
            if (vector[one] < ComparisonVector.BothMissing && vector[other] < ComparisonVector.BothMissing)
            {
                double expected = _responsibilities[i][k] * _cells[i].Count;
                pairs += expected;
                residual.Observed += vector[one] == level && vector[other] == otherLevel ? expected : 0;
            }
        }

        residual.Expected += pairs * JointProbability(k, one, other, level, otherLevel);
    }

    private double JointProbability(int k, int one, int other, int level, int otherLevel)
    {
        for (int f = 0; f < _factors.Count; f++)
        {
            if (_factors[f].First == one && _factors[f].Second == other)
            {
                return _parameters.Levels[k][f][(level * _comparisons[other].LevelCount) + otherLevel];
            }
        }

        return _levels[k][one][level] * _levels[k][other][otherLevel];
    }

    private sealed class Residual
    {
        public double Observed { get; set; }

        public double Expected { get; set; }

        // A pair is added to both, so that a ratio of next to nothing says nothing.
        public double Bits => Math.Log2((Observed + 1) / (Expected + 1));

        public bool IsStrong => Bits >= StrongBits && Observed - Expected > Sure * Math.Sqrt(Expected + 1);
    }
}
