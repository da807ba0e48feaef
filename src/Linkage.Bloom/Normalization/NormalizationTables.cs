namespace Linkage.Bloom.Normalization;

/// <summary>The version of all tables and rules of normalization taken together.</summary>
internal static class NormalizationTables
{
    /// <summary>
    /// The current version. Part of the schema: any change that gives some value another normal form makes a new one,
    /// since two owners on different tables would encode the same person differently.
    /// </summary>
    public const int Version = 1;
}
