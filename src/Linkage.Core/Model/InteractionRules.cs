using Linkage.Core.Comparisons;

namespace Linkage.Core.Model;

/// <summary>What holds of the interactions in every model file.</summary>
internal static class InteractionRules
{
    /// <summary>The first rule that is broken, with its place; null where all hold.</summary>
    public static string? FindFault(FellegiSunterModel model)
    {
        string[] names = [.. model.Comparisons.Select(comparison => comparison.Name)];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < model.Interactions.Count; i++)
        {
            InteractionModel joint = model.Interactions[i];
            int first = Array.IndexOf(names, joint.First);
            if (first < 0 || Array.IndexOf(names, joint.Second) <= first)
            {
                return $"interactions[{i}]: must name two comparisons, the earlier one first";
            }

            if (!taken.Add(joint.First) || !taken.Add(joint.Second))
            {
                return $"interactions[{i}]: a comparison may be in one interaction only";
            }
        }

        Factor[] factors = [.. PatternWeigher.FactorsOf(model).Where(factor => factor.Second is not null)];
        foreach (Factor factor in factors)
        {
            InteractionModel joint = PatternWeigher.InteractionOf(model, factor)!;
            int i = model.Interactions.Index().First(one => one.Item == joint).Index;
            if (!IsSound(factor, joint.MProbabilities))
            {
                return $"interactions[{i}].m: must be three distributions over the levels";
            }

            if (joint.UProbabilities.Count != model.NonMatchKinds.Count
                || !joint.UProbabilities.All(table => IsSound(factor, table)))
            {
                return $"interactions[{i}].u: must be three distributions over the levels for every kind";
            }
        }

        return null;
    }

    private static bool IsSound(Factor factor, IReadOnlyList<double> table) =>
        table.Count == factor.StateCount
        && table.All(ModelFileRules.IsProbability)
        && factor.Tables.All(range => ModelFileRules.IsWhole(table.Skip(range.Start).Take(range.Length).Sum()));
}
