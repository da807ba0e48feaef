namespace Linkage.Core.Internals;

/// <summary>Solves small symmetric positive definite systems of equations.</summary>
/// <remarks>Golub and Van Loan 1996, Matrix Computations, section 4.2.</remarks>
internal static class Cholesky
{
    // A pivot smaller than this part of its diagonal element is what rounding left of zero.
    private const double Smallest = 1e-13;

    /// <summary>Solves in place.</summary>
    /// <param name="matrix">The lower triangle is read, and replaced by the factor.</param>
    /// <param name="right">The right side, replaced by the solution.</param>
    /// <returns>False if the matrix is not positive definite; both arguments are spoilt then.</returns>
    public static bool TrySolve(double[,] matrix, double[] right)
    {
        if (!TryFactor(matrix))
        {
            return false;
        }

        SolveForward(matrix, right);
        for (int i = right.Length - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < right.Length; k++)
            {
                right[i] -= matrix[k, i] * right[k];
            }

            right[i] /= matrix[i, i];
        }

        return true;
    }

    /// <summary>Replaces the right side by what the factor alone makes of it: the first half of solving.</summary>
    /// <remarks>Its squared length is the right side times the inverse matrix times the right side.</remarks>
    /// <param name="factor">The factor, in the lower triangle.</param>
    /// <param name="right">The right side.</param>
    public static void SolveForward(double[,] factor, double[] right)
    {
        for (int i = 0; i < right.Length; i++)
        {
            for (int k = 0; k < i; k++)
            {
                right[i] -= factor[i, k] * right[k];
            }

            right[i] /= factor[i, i];
        }
    }

    /// <summary>Replaces the lower triangle of a matrix by its factor.</summary>
    /// <returns>False if the matrix is not positive definite; it is spoilt then.</returns>
    public static bool TryFactor(double[,] matrix)
    {
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            double diagonal = matrix[i, i];
            for (int j = 0; j < i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = sum / matrix[j, j];
                matrix[i, i] -= matrix[i, j] * matrix[i, j];
            }

            // Written so that a number that is none fails too.
            if (!(matrix[i, i] > Smallest * diagonal))
            {
                return false;
            }

            matrix[i, i] = Math.Sqrt(matrix[i, i]);
        }

        return true;
    }
}
