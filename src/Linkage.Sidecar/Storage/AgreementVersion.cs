namespace Linkage.Sidecar.Storage;

/// <summary>A version of a project's agreement, as it was put before the parties.</summary>
/// <param name="Number">Rising with every proposal of the project.</param>
/// <param name="Digest">What signatures name.</param>
/// <param name="Version">The version the document gives itself; several proposals can have the same.</param>
/// <param name="DocumentText">The document.</param>
/// <param name="SignerCount">How many have to sign.</param>
/// <param name="ProposedAt">When it was proposed.</param>
/// <param name="Signatures">The signatures that have come, in the order in which they came.</param>
internal sealed record AgreementVersion(
    int Number,
    string Digest,
    int Version,
    string DocumentText,
    int SignerCount,
    DateTimeOffset ProposedAt,
    IReadOnlyList<StoredSignature> Signatures)
{
    /// <summary>Whether every party has signed.</summary>
    public bool IsSignedByAll => Signatures.Count == SignerCount;
}
