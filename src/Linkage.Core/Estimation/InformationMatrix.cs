using Linkage.Core.Comparisons;
using Linkage.Core.Internals;

namespace Linkage.Core.Estimation;

/// <summary>What the pairs and the priors say of all parameters together, at the fitted ones.</summary>
/// <remarks>
/// <para>
/// Parameters are log-ratios: of a state's probability to that of the last state of its table, and of a kind's share to
/// that of the matches. The information is the sum over pairs of the outer product of their scores (Meilijson: A fast
/// improvement to the EM algorithm on its own terms, Journal of the Royal Statistical Society B 51 (1989), 127–138),
/// and the curvature of the priors. A score is the complete-data score weighed by responsibilities, so nothing but what
/// EM has is needed. Fixed tables are no parameters.
/// </para>
/// </remarks>
internal sealed class InformationMatrix
{
    private readonly IReadOnlyList<Factor> _factors;
    private readonly EmParameters _parameters;
    private readonly int[][][] _at;
    private readonly double[,] _factor;

    private InformationMatrix(
        IReadOnlyList<Factor> factors, EmParameters parameters, int[][][] at, double[,] factor)
    {
        _factors = factors;
        _parameters = parameters;
        _at = at;
        _factor = factor;
    }

    /// <summary>Number of parameters.</summary>
    public int Count => _factor.GetLength(0);

    /// <summary>Sums up a fit; null if the pairs do not tell all parameters apart.</summary>
    public static InformationMatrix? From(
        EstimationCell[] cells, EmEstimator em, EmParameters parameters, double[][] responsibilities)
    {
        (int[][][] at, int count) = Place(em, parameters);
        double[,] matrix = new double[count, count];
        var information = new InformationMatrix(em.Factors, parameters, at, matrix);
        var score = new SparseScore(count);
        for (int i = 0; i < cells.Length; i++)
        {
            information.Score(cells[i].Vector, responsibilities[i], score);
            score.AddSquareTo(matrix, cells[i].Count);
            score.Clear();
        }

        information.AddPriors(em.Priors);
        return Cholesky.TryFactor(matrix) ? information : null;
    }

    /// <summary>Index of the parameter of a kind's share; the matches, class 0, have none.</summary>
    public static int ShareAt(int k) => k - 1;

    /// <summary>Adds the derivatives of Σ weight × P(state) by the parameters of a factor in a class.</summary>
    /// <param name="gradient">Derivatives by parameter; added to.</param>
    /// <param name="k">The class.</param>
    /// <param name="f">The factor.</param>
    /// <param name="weights">A weight for every state.</param>
    /// <param name="scale">What the derivatives are multiplied by.</param>
    public void AddGradient(double[] gradient, int k, int f, double[] weights, double scale)
    {
        double[] shares = _parameters.Levels[k][f];
        foreach ((int start, int length) in _factors[f].Tables)
        {
            double mean = 0;
            for (int state = start; state < start + length; state++)
            {
                mean += weights[state] * shares[state];
            }

            for (int state = start; state < start + length - 1 && _at[k][f].Length > 0; state++)
            {
                gradient[_at[k][f][state]] += scale * shares[state] * (weights[state] - mean);
            }
        }
    }

    /// <summary>The variance of a figure, by the delta method.</summary>
    /// <param name="gradient">Its derivatives by parameter; spoilt.</param>
    public double Variance(double[] gradient)
    {
        Cholesky.SolveForward(_factor, gradient);
        return gradient.Sum(value => value * value);
    }

    // Shares first, then the tables that are estimated, each without its last state.
    private static (int[][][] At, int Count) Place(EmEstimator em, EmParameters parameters)
    {
        int count = parameters.ClassCount - 1;
        int[][][] at = new int[parameters.ClassCount][][];
        for (int k = 0; k < at.Length; k++)
        {
            at[k] = new int[em.Factors.Count][];
            for (int f = 0; f < at[k].Length; f++)
            {
                at[k][f] = em.Priors.Fixed[k][f] is null ? new int[em.Factors[f].StateCount] : [];
                foreach ((int start, int length) in em.Factors[f].Tables)
                {
                    for (int state = start; state < start + length - 1 && at[k][f].Length > 0; state++)
                    {
                        at[k][f][state] = count++;
                    }
                }
            }
        }

        return (at, count);
    }

    private void Score(ComparisonVector vector, double[] responsibilities, SparseScore score)
    {
        for (int k = 1; k < responsibilities.Length; k++)
        {
            score.Add(ShareAt(k), responsibilities[k] - _parameters.Shares[k]);
        }

        const double Negligible = 1e-12;
        for (int k = 0; k < responsibilities.Length; k++)
        {
            for (int f = 0; f < _factors.Count && responsibilities[k] > Negligible; f++)
            {
                int state = _factors[f].StateOf(vector);
                if (state != Factor.Missing && _at[k][f].Length > 0)
                {
                    AddTableScore(score, k, f, state, responsibilities[k]);
                }
            }
        }
    }

    private void AddTableScore(SparseScore score, int k, int f, int state, double responsibility)
    {
        (int start, int length) = _factors[f].Tables.First(table => state < table.Start + table.Length);
        for (int other = start; other < start + length - 1; other++)
        {
            double isThis = other == state ? 1 : 0;
            score.Add(_at[k][f][other], responsibility * (isThis - _parameters.Levels[k][f][other]));
        }
    }

    // Curvature of A pseudo-observations of a distribution: A (diag p − p pᵀ).
    private void AddPriors(EmPriors priors)
    {
        for (int k = 1; k < _parameters.ClassCount; k++)
        {
            for (int other = 1; other <= k; other++)
            {
                double diagonal = k == other ? _parameters.Shares[k] : 0;
                _factor[ShareAt(k), ShareAt(other)] +=
                    _parameters.ClassCount * (diagonal - (_parameters.Shares[k] * _parameters.Shares[other]));
            }
        }

        for (int k = 0; k < _parameters.ClassCount; k++)
        {
            for (int f = 0; f < _factors.Count; f++)
            {
                if (_at[k][f].Length > 0)
                {
                    AddPrior(priors.Pseudo[k][f], k, f);
                }
            }
        }
    }

    private void AddPrior(double[] pseudo, int k, int f)
    {
        double[] shares = _parameters.Levels[k][f];
        foreach ((int start, int length) in _factors[f].Tables)
        {
            double pairs = pseudo.AsSpan(start, length).ToArray().Sum();
            for (int state = start; state < start + length - 1; state++)
            {
                for (int other = start; other <= state; other++)
                {
                    double diagonal = state == other ? shares[state] : 0;
                    _factor[_at[k][f][state], _at[k][f][other]] +=
                        pairs * (diagonal - (shares[state] * shares[other]));
                }
            }
        }
    }
}
