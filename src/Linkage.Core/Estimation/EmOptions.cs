using Linkage.Core.Model;

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
    /// Pseudo-pairs of the Dirichlet prior of u, for every kind of non-match: as random pairs of the owners' records
    /// agree, or nine in ten without agreement where no owner told; or, where the kind's pass draws on the comparison,
    /// as the levels occur among all candidates.
    /// </summary>
    public double UPriorPairs { get; init; } = 10;

    /// <summary>Comparisons that are not taken as independent of each other; each in one interaction at most.</summary>
    public IReadOnlyList<FieldInteraction> Interactions { get; init; } = [];

    /// <summary>
    /// An earlier model of the same linkage fingerprint: its m and u are worth <see cref="PriorModelPairs"/> pairs in
    /// each class, and those it says are fixed stay. Null for none.
    /// </summary>
    public FellegiSunterModel? PriorModel { get; init; }

    /// <summary>Pseudo-pairs that <see cref="PriorModel"/> counts for, in every class and comparison.</summary>
    public double PriorModelPairs { get; init; } = 1000;

    /// <summary>The number of matches one expects among the candidates; null when one does not know.</summary>
    public double? ExpectedMatches { get; init; }

    /// <summary>
    /// How much <see cref="ExpectedMatches"/> counts for against the pairs: 0 for nothing, towards 1 for everything;
    /// one half for as much as all candidates together.
    /// </summary>
    public double ExpectedMatchesWeight { get; init; } = 0.5;

    /// <summary>
    /// Whether pairs that persons decided (<see cref="LinkerOptions.Decisions"/>) count as pairs of known class. They
    /// may be chosen by their pattern, as a review does, but not by what else is known of them.
    /// </summary>
    public bool LearnFromDecisions { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        RequirePositive(Tolerance, nameof(Tolerance));
        RequirePositive(MPriorPairs, nameof(MPriorPairs));
        RequirePositive(UPriorPairs, nameof(UPriorPairs));
        RequirePositive(PriorModelPairs, nameof(PriorModelPairs));
        RequirePositive(ExpectedMatches ?? 1, nameof(ExpectedMatches));
        if (ExpectedMatchesWeight is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(ExpectedMatchesWeight), ExpectedMatchesWeight, "Must be at least 0 and under 1.");
        }
    }

    private static void RequirePositive(double value, string name)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be over 0 and finite.");
        }
    }
}
