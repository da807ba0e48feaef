using Google.Protobuf;
using Linkage.Sidecar.Audit;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>What an answer says of itself that its entry has: ids, digests, references; nothing of records.</summary>
internal static class AuditFacts
{
    /// <summary>An entry with what the answer adds to it.</summary>
    public static AuditEvent Of(AuditEvent entry, IMessage? answer) => answer switch
    {
        CreateProjectResponse { Project: { } made } => entry with { ProjectId = made.Id },
        ProposeAgreementResponse { Agreement: { } proposed } => entry with { AgreementDigest = proposed.Digest },
        SignAgreementResponse { Agreement: { } signed } => entry with { AgreementDigest = signed.Digest },
        WithdrawFromAgreementResponse { Agreement: { } left } => entry with { AgreementDigest = left.Digest },
        RequestReleaseResponse { Request: { } asked } => Of(entry, asked),
        AnswerReleaseResponse { Request: { } answered } => Of(entry, answered),
        _ => entry,
    };

    // Whose records it would disclose, whoever asks or answers.
    private static AuditEvent Of(AuditEvent entry, ReleaseRequest request) => entry with
    {
        SubjectParty = request.AskedParty,
        Purpose = request.Purpose,
        CaseReference = request.CaseReference,
        Counts = new Dictionary<string, long> { ["released"] = request.State == ReleaseState.Released ? 1 : 0 },
    };
}
