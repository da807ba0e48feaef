namespace Linkage.Core.Estimation;

/// <summary>Settings of expectation-maximization.</summary>
public sealed record EmOptions
{
    /// <summary>Most iterations of one start; the fit says so when it stopped here.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Converged when no probability changes by more in one iteration.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>
    /// Pseudo-pairs of the Dirichlet prior of m, spread over the levels with most on equality: keeps a level that no
    /// match shows from an infinite weight.
    /// </summary>
    public double MPriorPairs { get; init; } = 10;

    /// <summary>
    /// Pseudo-pairs of the Dirichlet prior of u, for every kind of non-match: nine in ten without agreement, or, where
    /// the kind's pass draws on the comparison, as the levels occur among all candidates.
    /// </summary>
    public double UPriorPairs { get; init; } = 10;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        RequirePositive(Tolerance, nameof(Tolerance));
        RequirePositive(MPriorPairs, nameof(MPriorPairs));
        RequirePositive(UPriorPairs, nameof(UPriorPairs));
    }

    private static void RequirePositive(double value, string name)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be over 0 and finite.");
        }
    }
}
