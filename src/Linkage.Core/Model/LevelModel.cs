using Linkage.Core.Scoring;

namespace Linkage.Core.Model;

/// <summary>How often one level of a comparison occurs among matches and among non-matches.</summary>
/// <param name="Name">What the level means.</param>
/// <param name="MProbability">Its share among matches, over 0 and under 1.</param>
/// <param name="UProbability">
/// Its share among non-matches that no pass brought because of this very comparison; over 0 and under 1.
/// </param>
/// <param name="IsOutOfOrder">
/// True when a worse level has a higher weight: the data contradict the order of the levels.
/// </param>
public sealed record LevelModel(string Name, double MProbability, double UProbability, bool IsOutOfOrder)
{
    /// <summary>
    /// Evidence of this level, taken alone; levels add up to a pair's weight but for what brought the pair.
    /// </summary>
    public MatchWeight Weight => new(Math.Log2(MProbability / UProbability));
}
