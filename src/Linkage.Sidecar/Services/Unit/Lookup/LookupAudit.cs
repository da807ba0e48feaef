using Linkage.Core.Scoring;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Lookups as events of the audit log.</summary>
internal static class LookupAudit
{
    /// <summary>What all events of a call have in common.</summary>
    public static AuditEvent Template(string action, string actor, LookupQuestion question) => new()
    {
        Kind = AuditKind.Refusal,
        Action = action,
        Actor = actor,
        ProjectId = question.Project.Id,
        CaseReference = question.CaseReference,
        Purpose = question.Purpose,
    };

    /// <summary>One event for every asked party.</summary>
    /// <param name="template">What they have in common.</param>
    /// <param name="rulings">What the agreement says.</param>
    /// <param name="found">What was found, record by record.</param>
    public static IReadOnlyList<AuditEvent> Events(
        AuditEvent template, IReadOnlyList<PartyRuling> rulings, IReadOnlyList<IReadOnlyList<LiveMatch>> found) =>
    [
        .. rulings.Select(ruling => template with
        {
            Kind = ruling.Ruling.IsAllowed ? AuditKind.Disclosure : AuditKind.Refusal,
            SubjectParty = ruling.Party,
            Clause = ruling.Ruling.Clause,
            AgreementDigest = ruling.Ruling.AgreementDigest,
            Outcome = ruling.Ruling.IsAllowed ? "ok" : Refusals.NameOf(ruling.Ruling.Refusal),
            Counts = ruling.Ruling.IsAllowed
                ? Count(ruling.Party, found)
                : new Dictionary<string, long> { ["records"] = found.Count },
        }),
    ];

    private static Dictionary<string, long> Count(string party, IReadOnlyList<IReadOnlyList<LiveMatch>> found)
    {
        LiveMatch[] own = [.. found.SelectMany(matches => matches.Where(match => match.Match.Record.Party == party))];
        int sure = own.Count(match => match.Match.Decision == Decision.Match);
        return new Dictionary<string, long>
        {
            ["records"] = found.Count,
            ["matches"] = sure,
            ["possible"] = own.Length - sure,
        };
    }
}
