using System.Security.Cryptography;

namespace Linkage.Bloom.Schemas;

/// <summary>SHA-256 over the canonical form of a schema's two parts.</summary>
/// <remarks>
/// Canonical form: one-line JSON, members in a fixed order, every default spelled out, missing-value words sorted by
/// code unit, numbers in their shortest round-trip form.
/// </remarks>
internal static class SchemaFingerprints
{
    public static string Encoding(LinkageSchema schema) =>
        Convert.ToHexStringLower(SHA256.HashData(SchemaWriter.WriteEncodingPart(schema)));

    public static string Linkage(LinkageSchema schema) =>
        Convert.ToHexStringLower(SHA256.HashData(SchemaWriter.WriteLinkagePart(schema)));
}
