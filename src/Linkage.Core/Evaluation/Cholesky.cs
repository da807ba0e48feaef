namespace Linkage.Core.Evaluation;

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

        for (int i = 0; i < right.Length; i++)
        {
            for (int k = 0; k < i; k++)
            {
                right[i] -= matrix[i, k] * right[k];
            }

            right[i] /= matrix[i, i];
        }

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

    private static bool TryFactor(double[,] matrix)
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
