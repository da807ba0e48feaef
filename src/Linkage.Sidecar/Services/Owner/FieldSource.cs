namespace Linkage.Sidecar.Services.Owner;

/// <summary>Under which names a field's value comes: one, three for a date in parts, or none.</summary>
/// <param name="Names">The names: none, one, or those of year, month and day.</param>
internal sealed record FieldSource(IReadOnlyList<string> Names)
{
    /// <summary>A field that the party does not hold.</summary>
    public static FieldSource Absent { get; } = new([]);

    /// <summary>Whether year, month and day come apart.</summary>
    public bool IsInParts => Names.Count == 3;

    /// <summary>A field that comes under one name.</summary>
    public static FieldSource Of(string name) => new([name]);
}
