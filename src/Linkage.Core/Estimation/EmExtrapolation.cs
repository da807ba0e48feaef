namespace Linkage.Core.Estimation;

/// <summary>The squared extrapolation of two EM steps, which shortens slow convergence by an order of magnitude.</summary>
/// <remarks>
/// Varadhan and Roland: Simple and globally convergent methods for accelerating the convergence of any EM algorithm,
/// Scandinavian Journal of Statistics 35 (2008), 335–353, scheme SqS3; on logarithms, so that probabilities stay positive.
/// The caller keeps the plain step when the extrapolated point is less likely.
/// </remarks>
internal static class EmExtrapolation
{
    /// <summary>Extrapolates from a point and the two EM steps after it.</summary>
    /// <param name="start">θ₀.</param>
    /// <param name="first">θ₁ = F(θ₀).</param>
    /// <param name="second">θ₂ = F(θ₁).</param>
    /// <returns>θ₀ − 2αr + α²v, every distribution scaled to sum 1; θ₂ itself when the steps do not bend.</returns>
    public static EmParameters Extrapolate(EmParameters start, EmParameters first, EmParameters second)
    {
        double squaredR = 0;
        double squaredV = 0;
        Walk(start, first, second, (zero, one, two, _) =>
        {
            for (int i = 0; i < zero.Length; i++)
            {
                double r = Math.Log(one[i] / zero[i]);
                double v = Math.Log(two[i] / one[i]) - r;
                squaredR += r * r;
                squaredV += v * v;
            }
        });
        double step = -Math.Sqrt(squaredR / squaredV);
        if (!double.IsFinite(step) || step > -1)
        {
            return second;
        }

        EmParameters result = second.Clone();
        Walk(start, first, second, result, (zero, one, two, target) =>
        {
            for (int i = 0; i < zero.Length; i++)
            {
                double r = Math.Log(one[i] / zero[i]);
                double v = Math.Log(two[i] / one[i]) - r;
                target[i] = Math.Log(zero[i]) - (2 * step * r) + (step * step * v);
            }

            FromLogarithms(target);
        });
        return result;
    }

    private static void FromLogarithms(double[] values)
    {
        double largest = values.Max();
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            // A floor far below any probability that matters keeps logarithms finite.
            values[i] = Math.Max(1e-300, Math.Exp(values[i] - largest));
            sum += values[i];
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= sum;
        }
    }

    private static void Walk(
        EmParameters start, EmParameters first, EmParameters second, Action<double[], double[], double[], double[]> visit)
        => Walk(start, first, second, second, visit);

    private static void Walk(
        EmParameters start,
        EmParameters first,
        EmParameters second,
        EmParameters target,
        Action<double[], double[], double[], double[]> visit)
    {
        visit(start.Shares, first.Shares, second.Shares, target.Shares);
        for (int k = 0; k < start.ClassCount; k++)
        {
            for (int c = 0; c < start.Levels[k].Length; c++)
            {
                visit(start.Levels[k][c], first.Levels[k][c], second.Levels[k][c], target.Levels[k][c]);
            }
        }
    }
}
