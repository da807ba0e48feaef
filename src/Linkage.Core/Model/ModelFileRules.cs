using System.Text.RegularExpressions;
using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;

namespace Linkage.Core.Model;

/// <summary>What holds in every model file; checked when writing and when reading.</summary>
internal static partial class ModelFileRules
{
    private const int FewestLevels = 2;
    private const int MostLevels = 10;

    // Room for figures that a person has rounded to seven digits.
    private const double SumTolerance = 1e-6;

    /// <summary>The first rule that is broken, with its place; null for a sound model.</summary>
    public static string? FindFault(FellegiSunterModel model)
    {
        if (!Fingerprint().IsMatch(model.LinkageFingerprint))
        {
            return "linkageFingerprint: must be 64 lower-case hex digits";
        }

        if (!IsProbability(model.PriorMatchProbability))
        {
            return "prior: must be over 0 and under 1";
        }

        if (model.Comparisons.Count is < 1 or > ComparisonVector.MaxComparisons)
        {
            return $"comparisons: there must be 1 to {ComparisonVector.MaxComparisons}";
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            string place = $"comparisons[{i}]";
            ComparisonModel comparison = model.Comparisons[i];
            string? fault = !names.Add(comparison.Name) ? $"{place}.name: stands twice" : FindFault(comparison, place);
            if (fault is not null)
            {
                return fault;
            }
        }

        return FindKindsFault(model) ?? InteractionRules.FindFault(model);
    }

    private static string? FindKindsFault(FellegiSunterModel model)
    {
        for (int k = 0; k < model.NonMatchKinds.Count; k++)
        {
            NonMatchKind kind = model.NonMatchKinds[k];
            if (kind.Share is not (> 0 and <= 1))
            {
                return $"nonMatchKinds[{k}].share: must be over 0 and at most 1";
            }

            if (kind.UProbabilities.Count != model.Comparisons.Count)
            {
                return $"nonMatchKinds[{k}].u: must have a list for every comparison";
            }

            for (int c = 0; c < kind.UProbabilities.Count; c++)
            {
                IReadOnlyList<double> u = kind.UProbabilities[c];
                if (u.Count != model.Comparisons[c].Levels.Count || !u.All(IsProbability) || !IsWhole(u.Sum()))
                {
                    return $"nonMatchKinds[{k}].u[{c}]: must be a probability for every level, summing to 1";
                }
            }
        }

        return model.NonMatchKinds.Count is >= 1 and <= SchemaLimits.MaxPasses
            && IsWhole(model.NonMatchKinds.Sum(kind => kind.Share))
            ? null
            : "nonMatchKinds: there must be one at least, and the shares must sum to 1";
    }

    private static string? FindFault(ComparisonModel comparison, string place)
    {
        if (comparison.Name.Length == 0)
        {
            return $"{place}.name: is empty";
        }

        if (comparison.Levels.Count is < FewestLevels or > MostLevels)
        {
            return $"{place}.levels: there must be {FewestLevels} to {MostLevels}";
        }

        double m = 0;
        double u = 0;
        for (int i = 0; i < comparison.Levels.Count; i++)
        {
            LevelModel level = comparison.Levels[i];
            if (level.Name.Length == 0)
            {
                return $"{place}.levels[{i}].name: is empty";
            }

            if (!IsProbability(level.MProbability) || !IsProbability(level.UProbability))
            {
                string which = IsProbability(level.MProbability) ? "u" : "m";
                return $"{place}.levels[{i}].{which}: must be over 0 and under 1";
            }

            m += level.MProbability;
            u += level.UProbability;
        }

        return !IsWhole(m) ? $"{place}.levels: m must sum to 1"
            : !IsWhole(u) ? $"{place}.levels: u must sum to 1"
            : null;
    }

    /// <summary>Whether a number may be m or u.</summary>
    internal static bool IsProbability(double value) => value is > 0 and < 1;

    /// <summary>Whether a sum of probabilities is 1, but for rounding.</summary>
    internal static bool IsWhole(double sum) => Math.Abs(sum - 1) <= SumTolerance;

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Fingerprint();
}
