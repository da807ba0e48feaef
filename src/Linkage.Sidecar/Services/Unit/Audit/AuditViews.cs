using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Linkage.Sidecar.Audit;
using Linkage.V1;
using DisclosureRow = Linkage.Sidecar.Audit.DisclosureRow;

namespace Linkage.Sidecar.Services.Unit.Audit;

/// <summary>Entries and sums as the contract has them.</summary>
internal static class AuditViews
{
    /// <summary>An entry.</summary>
    public static AuditEntry Of(AuditRecord record) => new()
    {
        Sequence = record.Sequence,
        Time = Timestamp.FromDateTimeOffset(record.Time),
        Kind = record.Event.Kind,
        Action = record.Event.Action,
        Actor = record.Event.Actor,
        ProjectId = record.Event.ProjectId,
        SubjectParty = record.Event.SubjectParty,
        CaseReference = record.Event.CaseReference,
        Purpose = record.Event.Purpose,
        Clause = record.Event.Clause,
        AgreementDigest = record.Event.AgreementDigest,
        Outcome = record.Event.Outcome,
        Counts = { record.Event.Counts.ToDictionary(count => count.Key, count => count.Value) },
        Line = UnsafeByteOperations.UnsafeWrap(record.Line),
    };

    /// <summary>A row of a summary.</summary>
    public static V1.DisclosureRow Of(DisclosureRow row) => new()
    {
        ProjectId = row.Key.ProjectId,
        Recipient = row.Key.Recipient,
        Action = row.Key.Action,
        Purpose = row.Key.Purpose,
        Clause = row.Key.Clause,
        Answers = row.Answers,
        Records = row.Records,
        Refusals = row.Refusals,
    };
}
