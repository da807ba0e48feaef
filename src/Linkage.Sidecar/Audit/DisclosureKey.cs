namespace Linkage.Sidecar.Audit;

/// <summary>What the disclosures of a row have in common.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Recipient">Who was told, or was refused.</param>
/// <param name="Action">The call.</param>
/// <param name="Purpose">The purpose; empty if none was given.</param>
/// <param name="Clause">The clause that decided; empty if none did.</param>
internal readonly record struct DisclosureKey(
    string ProjectId, string Recipient, string Action, string Purpose, string Clause);
