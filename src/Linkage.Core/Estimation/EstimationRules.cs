using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>What settings of the estimation must hold for the comparisons of a schema.</summary>
internal static class EstimationRules
{
    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">An interaction names what it cannot; the names are told.</exception>
    public static void Check(IReadOnlyList<Comparison> comparisons, EmOptions options)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in options.Interactions.SelectMany(pair => (string[])[pair.First, pair.Second]))
        {
            int c = comparisons.Index().Where(one => one.Item.Name == name).Select(one => one.Index)
                .DefaultIfEmpty(-1).First();
            string? fault = c < 0 ? "is no field or group that is compared; a field of a group goes by the group's name"
                : !taken.Add(name) ? "stands in two interactions, or twice in one"
                : options.PriorModel?.Comparisons[c].Fixed is not (null or FixedProbabilities.None)
                    ? "has fixed figures in the model to begin with, so it cannot be in an interaction"
                : null;
            if (fault is not null)
            {
                throw new ArgumentException($"{name} {fault}.", nameof(options));
            }
        }
    }
}
