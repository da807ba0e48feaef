using Google.Protobuf;
using Linkage.Sidecar.Audit;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

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
        IssueTokenResponse { Token: { } made } => entry with { CaseReference = OfToken(made.Id, made.Subject) },
        RevokeTokenResponse { Token: { } gone } => entry with { CaseReference = OfToken(gone.Id, gone.Subject) },
        RequestReleaseResponse { Request: { } asked } => Of(entry, asked),
        AnswerReleaseResponse { Request: { } answered } => Of(entry, answered),
        _ => entry,
    };

    /// <summary>How entries name a token: by its id, which is no secret, and by whose it is.</summary>
    public static string OfToken(string id, string holder) => $"token {id} of {holder}";

    /// <summary>An entry with what the store says it has kept, for a call that has no answer yet.</summary>
    public static AuditEvent OfStored(AuditEvent entry, object? stored) => stored switch
    {
        Stored.Project made when entry.ProjectId.Length == 0 => entry with { ProjectId = made.Id },
        bool when entry.Kind == AuditKind.Intake => entry with { Kind = AuditKind.Deletion }, // what came was dropped
        Stored.AgreementRelease release => entry with
        {
            SubjectParty = release.AskedParty,
            Purpose = release.Purpose,
            CaseReference = release.CaseReference,
            AgreementDigest = release.AgreementDigest,
        },
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
