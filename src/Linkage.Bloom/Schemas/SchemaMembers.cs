namespace Linkage.Bloom.Schemas;

/// <summary>The members that each object of a schema file may have; the published JSON Schema lists the same.</summary>
internal static class SchemaMembers
{
    public static readonly string[] Root =
    [
        "$schema", "format", "name", "normalization", "profile", "population", "parties", "blockLimit", "fields",
        "passes", "groups", "thresholds", "notes",
    ];

    public static readonly string[] Field =
    [
        "name", "kind", "role", "tokens", "q", "weight", "missing", "keyedAs", "cuts",
    ];

    public static readonly string[] Pass = ["name", "key"];

    public static readonly string[] Group = ["name", "fields", "levels"];

    /// <summary>The member of a level that is true when its two fields agree crosswise.</summary>
    public const string Swapped = "swapped";

    public static readonly string[] Thresholds = ["match", "possible"];
}
