using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Internals;

namespace Linkage.Core.Tests.Internals;

public sealed class CholeskyTests
{
    private const int Size = 4;

    /// <summary>A root times its transpose, and one more on the diagonal, is positive definite.</summary>
    [Fact]
    public void TrySolve_PositiveDefinite_SolvesTheEquations() =>
        Prop.ForAll(Gen.Choose(-9, 9).ArrayOf(Size * (Size + 1)).ToArbitrary(), drawn =>
        {
            double[,] matrix = new double[Size, Size];
            for (int i = 0; i < Size * Size; i++)
            {
                (int row, int column) = (i / Size, i % Size);
                IEnumerable<int> products = Enumerable.Range(0, Size)
                    .Select(k => drawn[(row * Size) + k] * drawn[(column * Size) + k]);
                matrix[row, column] = products.Sum() + (row == column ? 1 : 0);
            }

            int[] solution = drawn[(Size * Size)..];
            double[] right =
            [
                .. Enumerable.Range(0, Size).Select(
                    row => Enumerable.Range(0, Size).Sum(column => matrix[row, column] * solution[column])),
            ];
            return Cholesky.TrySolve(matrix, right)
                && right.Zip(solution, (found, put) => Math.Abs(found - put)).Max() < 1e-6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TrySolve_NotPositiveDefinite_IsFalse()
    {
        Assert.False(Cholesky.TrySolve(new double[,] { { 1, 1 }, { 1, 1 } }, [1, 1]));
        Assert.False(Cholesky.TrySolve(new double[,] { { 1, 2 }, { 2, 1 } }, [1, 1]));
        Assert.False(Cholesky.TrySolve(new[,] { { double.NaN, 0 }, { 0, 1 } }, [1, 1]));
    }
}
