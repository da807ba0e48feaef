namespace Linkage.Sidecar.Storage;

/// <summary>A version to put before the parties; who makes it has checked the document.</summary>
/// <param name="Digest">What signatures name.</param>
/// <param name="Version">The version the document gives itself.</param>
/// <param name="Replaces">The digest of the version before; null in the first.</param>
/// <param name="DocumentText">The document.</param>
/// <param name="Parties">Who has to sign.</param>
internal sealed record AgreementPlan(
    string Digest, int Version, string? Replaces, string DocumentText, IReadOnlyList<string> Parties);
