namespace Linkage.Core.Estimation;

/// <summary>Where a probability lies with 95 % confidence, if the model holds.</summary>
/// <param name="Low">Lower end, 0 to 1.</param>
/// <param name="High">Upper end, at least <paramref name="Low"/> and at most 1.</param>
public readonly record struct ProbabilityInterval(double Low, double High)
{
    /// <summary>Whether a probability lies inside.</summary>
    /// <param name="probability">A probability.</param>
    /// <returns>True at the ends too.</returns>
    public bool Contains(double probability) => probability >= Low && probability <= High;
}
