using Linkage.Bloom.Similarity;

namespace Linkage.Bloom.Schemas;

/// <summary>What every schema must keep, and what is allowed but unwise.</summary>
internal static class SchemaRules
{
    private const int DisjointPassesWanted = 3;

    // Below this the noise of diffusion hides a single typing error: the field would only compare for equality.
    private const double LeastOneTypoRecall = 0.5;

    private const double WeakOneTypoRecall = 0.9;

    public static void Validate(LinkageSchema schema)
    {
        CheckSettings(schema);
        FieldRules.Check(schema);
        PassRules.Check(schema);
        GroupRules.Check(schema);
        CheckSeparation(schema);
    }

    public static IReadOnlyList<string> FindWarnings(LinkageSchema schema)
    {
        var warnings = new List<string>();
        int disjoint = PassRules.CountDisjoint(schema);
        if (disjoint < DisjointPassesWanted)
        {
            warnings.Add(
                $"only {disjoint} of the passes share no field; with {DisjointPassesWanted} or more the linkage "
                + "unit can estimate how many pairs the passes miss");
        }

        foreach (FieldSeparation separation in FieldSeparation.Estimate(schema))
        {
            if (separation.OneTypoRecall < WeakOneTypoRecall)
            {
                warnings.Add($"field {separation.Field}: a tenth or more of single typing errors look like strangers");
            }
        }

        if (schema.Profile == ProtectionProfile.Research)
        {
            warnings.Add("profile research protects nobody: use it for synthetic or public data only");
        }

        return warnings;
    }

    private static void CheckSettings(LinkageSchema schema)
    {
        Require(
            schema.NormalizationVersion == Normalization.NormalizationTables.Version,
            "normalization",
            $"this version of Linkage has the normalization tables {Normalization.NormalizationTables.Version}");
        Require(
            schema.Name.Length <= SchemaLimits.MaxNameLength,
            "name",
            $"must have at most {SchemaLimits.MaxNameLength} characters");
        Require(
            schema.Notes.Length <= SchemaLimits.MaxNotesLength,
            "notes",
            $"must have at most {SchemaLimits.MaxNotesLength} characters");
        Require(schema.Population >= 1, "population", "must be at least 1");
        Require(
            schema.Parties is >= 1 and <= SchemaLimits.MaxParties,
            "parties",
            $"must be 1 to {SchemaLimits.MaxParties}");
        Require(
            schema.BlockLimit is >= 2 and <= SchemaLimits.MaxBlockRecords,
            "blockLimit",
            $"must be 2 to {SchemaLimits.MaxBlockRecords}");
        DecisionThresholds thresholds = schema.Thresholds;
        Require(thresholds.Match is >= 0.5 and < 1, "thresholds.match", "must be 0.5 to less than 1");
        Require(
            thresholds.Possible > 0 && thresholds.Possible <= thresholds.Match,
            "thresholds.possible",
            "must be over 0 and not over the match threshold");
    }

    private static void CheckSeparation(LinkageSchema schema)
    {
        foreach (FieldSeparation separation in FieldSeparation.Estimate(schema))
        {
            Require(
                separation.OneTypoRecall >= LeastOneTypoRecall,
                $"fields[{schema.IndexOfField(separation.Field)}]",
                "the cuts and the weight cannot separate one typing error from noise");
        }
    }

    public static void Require(bool holds, string place, string message)
    {
        if (!holds)
        {
            throw new LinkageSchemaException(place, message);
        }
    }

    public static void RequireName(string name, string place) =>
        Require(IsName(name), place, "must be 1 to 64 letters, digits, '_' or '-'");

    /// <summary>
    /// True for 1 to 64 ASCII letters, digits, <c>_</c> or <c>-</c>: harmless in every file and report.
    /// </summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
