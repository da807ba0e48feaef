using Linkage.Core.Scoring;

namespace Linkage.Core.Model;

/// <summary>How often one level of a comparison occurs among matches and among non-matches.</summary>
/// <param name="Name">What the level means.</param>
/// <param name="MProbability">Its share among matches, over 0 and under 1.</param>
/// <param name="UProbability">Its share among non-matches, over 0 and under 1.</param>
/// <param name="IsPooled">
/// True when the data alone gave a better level a lower weight than a worse one, so that the two were given one ratio.
/// </param>
public sealed record LevelModel(string Name, double MProbability, double UProbability, bool IsPooled)
{
    /// <summary>Evidence of this level.</summary>
    public MatchWeight Weight => new(Math.Log2(MProbability / UProbability));
}
