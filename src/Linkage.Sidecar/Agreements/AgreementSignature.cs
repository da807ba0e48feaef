namespace Linkage.Sidecar.Agreements;

/// <summary>A party's signature under one version: the file <c>linkage-agreement-signature/1</c>.</summary>
/// <param name="Format">The file's format and its version.</param>
/// <param name="Agreement">The name of the agreement.</param>
/// <param name="Version">The version signed.</param>
/// <param name="Digest">The digest of the document signed.</param>
/// <param name="Party">Who signs.</param>
/// <param name="SignedAt">When, in UTC, such as <c>2026-01-31T09:30:00Z</c>.</param>
/// <param name="Signature">The signature in base64: r and s, 32 bytes each.</param>
internal sealed record AgreementSignature(
    string Format, string Agreement, int Version, string Digest, string Party, string SignedAt, string Signature)
{
    /// <summary>What the member <see cref="Format"/> must hold.</summary>
    public const string FormatName = "linkage-agreement-signature/1";
}
