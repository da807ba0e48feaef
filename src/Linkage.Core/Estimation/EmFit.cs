namespace Linkage.Core.Estimation;

/// <summary>How one start of the estimation ended.</summary>
/// <param name="Start">Name of the start.</param>
/// <param name="Iterations">Iterations done.</param>
/// <param name="HasConverged">False when it stopped at the iteration limit.</param>
/// <param name="LastChange">Largest change of a probability in the last iteration.</param>
/// <param name="LogLikelihood">Penalized natural log-likelihood of the pattern counts.</param>
/// <param name="PriorMatchProbability">The share of matches it found.</param>
/// <param name="ExcessMatches">
/// Share of expected matches that a record has beyond one: near 0 for persons, large for the "same household" solution.
/// </param>
/// <param name="IsChosen">True for the start whose model is used.</param>
public sealed record EmFit(
    string Start,
    int Iterations,
    bool HasConverged,
    double LastChange,
    double LogLikelihood,
    double PriorMatchProbability,
    double ExcessMatches,
    bool IsChosen)
{
    /// <summary>The penalized log-likelihood before every iteration; it never falls.</summary>
    public IReadOnlyList<double> History { get; init; } = [];
}
