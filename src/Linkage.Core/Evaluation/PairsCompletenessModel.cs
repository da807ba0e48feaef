using System.Numerics;
using Linkage.Core.Internals;

namespace Linkage.Core.Evaluation;

/// <summary>Log-linear model of capture histories, with an effect for every list and one for every two.</summary>
/// <remarks>
/// Fienberg 1972 (Biometrika 59, 591–603); Bishop, Fienberg and Holland 1975 (Discrete Multivariate Analysis, chapter
/// 6). The logarithm of a cell's mean is the sum of the effects of the lists that captured it, so the constant is that
/// of the cell nobody sees. Fitted as a Poisson regression by iteratively reweighted least squares (Nelder and
/// Wedderburn 1972, Journal of the Royal Statistical Society A 135). Immutable.
/// </remarks>
internal sealed class PairsCompletenessModel
{
    private const int MostIterations = 60;
    private const int MostHalvings = 20;
    private const double SettledStep = 1e-7;

    // Put into empty cells where a fit does not exist without (Bishop, Fienberg and Holland 1975, chapter 12).
    private const double Continuity = 0.5;

    // One row a capture history, from 1 on; one column an effect, the constant first.
    private readonly double[][] _design;
    private readonly int _effects;

    public PairsCompletenessModel(int lists)
    {
        int[] effects = [.. Enumerable.Range(0, 1 << lists).Where(set => BitOperations.PopCount((uint)set) <= 2)];
        _effects = effects.Length;
        _design =
        [
            .. Enumerable.Range(1, (1 << lists) - 1).Select(cell =>
                effects.Select(effect => (cell & effect) == effect ? 1.0 : 0.0).ToArray()),
        ];
    }

    /// <summary>Estimates how many no list captured.</summary>
    /// <param name="counts">Of every capture history, from 1 on, how many had it; whole numbers or sums.</param>
    /// <returns>The unseen cell, and the fitted means of the others.</returns>
    public (double Unseen, double[] Means) Fit(ReadOnlySpan<double> counts)
    {
        double[] filled = counts.ToArray();
        (double[] effects, bool hasSettled) = Iterate(filled);
        if (!hasSettled)
        {
            for (int cell = 0; cell < filled.Length; cell++)
            {
                filled[cell] = Math.Max(filled[cell], Continuity);
            }

            // Now every cell holds something, so the likelihood has one maximum and the steps lead to it.
            (effects, _) = Iterate(filled);
        }

        return (Math.Exp(effects[0]), Means(effects));
    }

    private (double[] Effects, bool HasSettled) Iterate(double[] counts)
    {
        double[] effects = Step([.. counts.Select(count => count + Continuity)], counts) ?? new double[_effects];
        double deviance = Deviance(counts, Means(effects));
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            if (Step(Means(effects), counts) is not { } next)
            {
                return (effects, false);
            }

            double nextDeviance = Deviance(counts, Means(next));
            for (int halving = 0; halving < MostHalvings && !(nextDeviance <= deviance + SettledStep); halving++)
            {
                next = [.. next.Zip(effects, (to, from) => (to + from) / 2)];
                nextDeviance = Deviance(counts, Means(next));
            }

            double change = next.Zip(effects, (to, from) => Math.Abs(to - from)).Max();
            (effects, deviance) = (next, nextDeviance);
            if (change < SettledStep)
            {
                return (effects, true);
            }
        }

        return (effects, false);
    }

    /// <summary>One weighted regression of the working responses; null where its equations are singular.</summary>
    private double[]? Step(double[] means, double[] counts)
    {
        double[,] information = new double[_effects, _effects];
        double[] right = new double[_effects];
        for (int cell = 0; cell < counts.Length; cell++)
        {
            double response = (means[cell] * Math.Log(means[cell])) + counts[cell] - means[cell];
            for (int i = 0; i < _effects; i++)
            {
                if (_design[cell][i] == 0)
                {
                    continue;
                }

                right[i] += response;
                for (int j = 0; j <= i; j++)
                {
                    information[i, j] += means[cell] * _design[cell][j];
                }
            }
        }

        return Cholesky.TrySolve(information, right) ? right : null;
    }

    private double[] Means(double[] effects)
    {
        double[] means = new double[_design.Length];
        for (int cell = 0; cell < means.Length; cell++)
        {
            double sum = 0;
            for (int i = 0; i < _effects; i++)
            {
                sum += _design[cell][i] * effects[i];
            }

            means[cell] = Math.Exp(sum);
        }

        return means;
    }

    private static double Deviance(double[] counts, double[] means)
    {
        double sum = 0;
        for (int cell = 0; cell < counts.Length; cell++)
        {
            double logarithm = counts[cell] > 0 ? counts[cell] * Math.Log(counts[cell] / means[cell]) : 0;
            sum += 2 * (logarithm - counts[cell] + means[cell]);
        }

        return sum;
    }
}
