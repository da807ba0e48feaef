namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Whether a party may be told, by lookup, what another party's records say.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="AskingParty">Who would be told.</param>
/// <param name="AskedParty">Whose records would tell it.</param>
/// <param name="Purpose">What for, by the name in the agreement.</param>
/// <param name="CaseReference">The asking party's own reference of the case.</param>
internal readonly record struct DisclosureQuestion(
    string ProjectId, string AskingParty, string AskedParty, string Purpose, string CaseReference);
