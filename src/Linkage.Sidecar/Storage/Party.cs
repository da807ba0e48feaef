namespace Linkage.Sidecar.Storage;

/// <summary>One source of records in a project.</summary>
/// <param name="Name">Its name in the project, as in its encoded files.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Approval">Its approval of the terms in force; null when it has not given one.</param>
internal sealed record Party(string Name, PartyState State, Approval? Approval);
