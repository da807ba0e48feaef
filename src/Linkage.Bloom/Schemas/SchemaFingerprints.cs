using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Linkage.Bloom.Schemas;

/// <summary>SHA-256 over the canonical form of a schema's two parts.</summary>
/// <remarks>
/// Canonical form: one-line JSON, members in a fixed order, every default spelled out, missing-value words sorted by
/// code unit, numbers in their shortest round-trip form.
/// </remarks>
internal static class SchemaFingerprints
{
    // By reference: a copy that "with" makes is another schema, and one that nobody holds any more is forgotten.
    private static readonly ConditionalWeakTable<LinkageSchema, Pair> Kept = [];

    public static string Encoding(LinkageSchema schema) =>
        Kept.TryGetValue(schema, out Pair? kept) ? kept.Encoding : ComputeEncoding(schema);

    public static string Linkage(LinkageSchema schema) =>
        Kept.TryGetValue(schema, out Pair? kept) ? kept.Linkage : ComputeLinkage(schema);

    /// <summary>Computes both once for all who ask for them later.</summary>
    /// <param name="schema">One that was read from a text: nobody else holds its lists and could change them.</param>
    public static void Keep(LinkageSchema schema) =>
        _ = Kept.TryAdd(schema, new Pair(ComputeEncoding(schema), ComputeLinkage(schema)));

    private static string ComputeEncoding(LinkageSchema schema) =>
        Convert.ToHexStringLower(SHA256.HashData(SchemaWriter.WriteEncodingPart(schema)));

    private static string ComputeLinkage(LinkageSchema schema) =>
        Convert.ToHexStringLower(SHA256.HashData(SchemaWriter.WriteLinkagePart(schema)));

    private sealed record Pair(string Encoding, string Linkage);
}
