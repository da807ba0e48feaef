using System.Text;
using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Sidecar.Services.Unit.Projects;

/// <summary>Checks a model that terms propose, before anybody approves it: it has to be one of the schema's.</summary>
internal static class GivenModelText
{
    private const string ReaderPrefix = "model: ";

    /// <summary>What is wrong with a model and where; null for one that a run would take.</summary>
    /// <param name="text">The model's text.</param>
    /// <param name="schema">The schema of the terms; null if that is wrong itself.</param>
    /// <returns>A place in the model and a rule, and no value of it.</returns>
    public static string? FindFault(string text, LinkageSchema? schema)
    {
        try
        {
            FellegiSunterModel model = FellegiSunterModel.Parse(Encoding.UTF8.GetBytes(text));
            return schema is null ? null : FindMisfit(model, schema);
        }
        catch (FormatException wrong)
        {
            return wrong.Message.StartsWith(ReaderPrefix, StringComparison.Ordinal)
                ? wrong.Message[ReaderPrefix.Length..]
                : wrong.Message;
        }
    }

    // The rules by which linking refuses a model.
    private static string? FindMisfit(FellegiSunterModel model, LinkageSchema schema)
    {
        if (model.LinkageFingerprint != schema.LinkageFingerprint)
        {
            return "linkageFingerprint: is not that of the schema";
        }

        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(schema);
        if (model.Comparisons.Count != comparisons.Count)
        {
            return FormattableString.Invariant(
                $"comparisons: there must be {comparisons.Count}, as many as the schema has");
        }

        for (int i = 0; i < comparisons.Count; i++)
        {
            if (model.Comparisons[i].Name != comparisons[i].Name)
            {
                return FormattableString.Invariant($"comparisons[{i}].name: is not that of the schema");
            }

            if (model.Comparisons[i].Levels.Count != comparisons[i].LevelCount)
            {
                return FormattableString.Invariant(
                    $"comparisons[{i}].levels: there must be {comparisons[i].LevelCount}, as many as the schema has");
            }
        }

        return null;
    }
}
