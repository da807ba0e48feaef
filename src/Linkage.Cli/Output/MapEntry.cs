namespace Linkage.Cli.Output;

/// <summary>A row of a map file: whose record a handle is.</summary>
/// <param name="Handle">The record's handle in the merge section.</param>
/// <param name="SourceId">The record's id at its owner.</param>
internal readonly record struct MapEntry(UInt128 Handle, string SourceId)
{
    /// <summary>Nothing: an id of a source is personal data.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(MapEntry);
}
