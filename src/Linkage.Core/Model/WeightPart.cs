using Linkage.Core.Scoring;

namespace Linkage.Core.Model;

/// <summary>One reason for a pair's match weight. The parts of a pair add up to its weight.</summary>
/// <param name="Comparisons">
/// Names of the comparisons that say it together, mostly one; empty for what brought the pair.
/// </param>
/// <param name="Meaning">What was found, such as the name of the level.</param>
/// <param name="Weight">What it says, in bits: over zero for one person, under zero for two.</param>
public sealed record WeightPart(IReadOnlyList<string> Comparisons, string Meaning, MatchWeight Weight)
{
    /// <summary>
    /// Whether this is the difference between the pair's weight and what the comparisons say one by one. A pair became
    /// a candidate because it agrees in something; non-matches that met in the same way agree in it too, so it says
    /// less, and what they rarely agree in besides says more.
    /// </summary>
    public bool IsWhatBroughtThePair => Comparisons.Count == 0;
}
