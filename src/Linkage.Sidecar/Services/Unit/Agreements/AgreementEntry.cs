using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>A version of a project's agreement, as it is stored and as it stands.</summary>
/// <param name="Stored">As it is stored.</param>
/// <param name="Standing">What follows from it.</param>
internal sealed record AgreementEntry(AgreementVersion Stored, AgreementStanding Standing);
