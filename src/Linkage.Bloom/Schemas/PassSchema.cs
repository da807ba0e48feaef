namespace Linkage.Bloom.Schemas;

/// <summary>One way of blocking: records whose key parts all agree are compared.</summary>
public sealed record PassSchema
{
    /// <summary>Name of the pass, unique in its schema.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Key parts: derivations (<c>F3</c>, <c>LS</c>, <c>Dx</c>, …) or names of fields, which stand for their whole
    /// value. A record that lacks a part has no key in this pass.
    /// </summary>
    public required IReadOnlyList<string> Key { get; init; }
}
