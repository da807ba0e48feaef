using Linkage.Core.Comparisons;
using Linkage.Core.Scoring;

namespace Linkage.Core.Model;

/// <summary>Takes a pair's weight apart.</summary>
/// <remarks>
/// A level says log2(m/u) with the u of the non-matches whose pass does not draw on it; the pair's weight has the
/// mixture of all kinds of non-matches below it. What lies between the two is said last, as a part of its own.
/// </remarks>
internal static class WeightParts
{
    public static IReadOnlyList<WeightPart> Of(FellegiSunterModel model, ComparisonVector vector)
    {
        var parts = new List<WeightPart>(model.Comparisons.Count + 1);
        for (int c = 0; c < model.Comparisons.Count; c++)
        {
            parts.Add(Of(model.Comparisons[c], vector[c]));
        }

        double said = parts.Sum(part => part.Weight.Bits);
        parts.Add(new WeightPart(
            [], "against others that met as it did", new MatchWeight(model.Weigh(vector).Bits - said)));
        return parts;
    }

    private static WeightPart Of(ComparisonModel comparison, int level) => level switch
    {
        ComparisonVector.BothMissing => new([comparison.Name], "missing in both records", default),
        ComparisonVector.OneMissing => new([comparison.Name], "missing in one record", default),
        _ when level < comparison.Levels.Count =>
            new([comparison.Name], comparison.Levels[level].Name, comparison.Levels[level].Weight),
        _ => throw new ArgumentException("The vector has a level that the model does not know.", nameof(level)),
    };
}
