using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>What came of a lookup: answers, or that no party may answer.</summary>
/// <param name="Answers">By record of the question one answer of every party; empty if none may answer.</param>
/// <param name="Sequence">Where it stands in the audit log.</param>
/// <param name="Refused">The first party's ruling if none may answer; null otherwise.</param>
internal sealed record LookupOutcome(
    IReadOnlyList<(string Handle, IReadOnlyList<PartyAnswer> Answers)> Answers, long Sequence, PartyRuling? Refused);
