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
        foreach (Factor factor in PatternWeigher.FactorsOf(model))
        {
            WeightPart first = Of(model.Comparisons[factor.First], vector[factor.First]);
            parts.Add(factor.Second is { } second
                ? Joint(model, factor, first, Of(model.Comparisons[second], vector[second]), factor.StateOf(vector))
                : first);
        }

        double said = parts.Sum(part => part.Weight.Bits);
        parts.Add(new WeightPart(
            [], "against others that met as it did", new MatchWeight(model.Weigh(vector).Bits - said)));
        return parts;
    }

    // Chance agreement of two comparisons is taken as independent; what is wrong with that is said last.
    private static WeightPart Joint(
        FellegiSunterModel model, Factor factor, WeightPart first, WeightPart second, int state)
    {
        if (state == Factor.Missing)
        {
            return new WeightPart([.. first.Comparisons, .. second.Comparisons], first.Meaning, default);
        }

        InteractionModel joint = PatternWeigher.InteractionOf(model, factor)!;
        double alone = Math.Log2(
            MatchShare(model, factor.First, first) * MatchShare(model, factor.Second!.Value, second));
        return new WeightPart(
            [.. first.Comparisons, .. second.Comparisons],
            $"{first.Meaning}; {second.Meaning}",
            first.Weight + second.Weight + new MatchWeight(Math.Log2(joint.MProbabilities[state]) - alone));
    }

    // m of the level a part speaks of; 1 where nothing was compared.
    private static double MatchShare(FellegiSunterModel model, int c, WeightPart part) =>
        model.Comparisons[c].Levels.FirstOrDefault(level => level.Name == part.Meaning)?.MProbability ?? 1;

    private static WeightPart Of(ComparisonModel comparison, int level) => level switch
    {
        ComparisonVector.BothMissing => new([comparison.Name], "missing in both records", default),
        ComparisonVector.OneMissing => new([comparison.Name], "missing in one record", default),
        _ when level < comparison.Levels.Count =>
            new([comparison.Name], comparison.Levels[level].Name, comparison.Levels[level].Weight),
        _ => throw new ArgumentException("The vector has a level that the model does not know.", nameof(level)),
    };
}
