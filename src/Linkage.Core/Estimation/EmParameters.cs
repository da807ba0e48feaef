namespace Linkage.Core.Estimation;

/// <summary>m, u and λ while they are being estimated: [comparison][level].</summary>
internal sealed class EmParameters
{
    public EmParameters(double[][] m, double[][] u, double prior)
    {
        M = m;
        U = u;
        Prior = prior;
        IsPooled = [.. m.Select(levels => new bool[levels.Length])];
    }

    public double[][] M { get; }

    public double[][] U { get; }

    public bool[][] IsPooled { get; }

    public double Prior { get; set; }

    public double LargestChange(EmParameters other)
    {
        double largest = Math.Abs(Prior - other.Prior);
        for (int c = 0; c < M.Length; c++)
        {
            for (int level = 0; level < M[c].Length; level++)
            {
                largest = Math.Max(largest, Math.Abs(M[c][level] - other.M[c][level]));
                largest = Math.Max(largest, Math.Abs(U[c][level] - other.U[c][level]));
            }
        }

        return largest;
    }
}
