namespace Linkage.Sidecar.Storage;

/// <summary>All that decides about a project's agreements, as one snapshot.</summary>
/// <param name="Project">The project; null if there is none.</param>
/// <param name="Versions">Proposals, in the order in which they were made.</param>
/// <param name="Withdrawals">Who has withdrawn from the agreement or the project; from the project without a
/// time.</param>
internal sealed record AgreementFacts(
    Project? Project,
    IReadOnlyList<AgreementVersion> Versions,
    IReadOnlyDictionary<string, DateTimeOffset> Withdrawals);
