using Linkage.V1;

namespace Linkage.Sidecar.Services.Audit;

/// <content>The rows. Whoever changes one changes <c>docs/audit-log.md</c>, too; a test compares them.</content>
internal static partial class AuditTable
{
    private const string OwnersSide = "The owner's own process; what leaves it arrives at the unit, which logs it.";
    private const string FactsToMembers = "Facts about a project, told to its members and staff; nothing of records.";
    private const string ProcessFacts = "Facts about the process; nothing of projects or records.";
    private const string PartOfUpload = "Part of an upload, whose beginning and completion have entries.";
    private const string MadeOrAgreed = "Who made, invited, proposed or agreed.";
    private const string CameIn = "Records or files came in.";
    private const string Told = "Something about records left the unit.";
    private const string ToldByService = "An entry for each party asked: told or refused, for what, by which clause.";
    private const string Decided = "A person decided.";
    private const string Deleted = "Something was deleted.";
    private const string Administered = "Something was done to the process or to who may call it.";
    private const string LookedIntoLog = "Who looked into the log.";

    private static IEnumerable<AuditRow> ListRows() =>
    [
        .. OwnerRows(), .. ProjectRows(), .. ExchangeRows(), .. RunRows(), .. AdminRows(), .. AgreementRows(),
        .. LookupRows(), .. AuditRows(),
    ];

    private static IEnumerable<AuditRow> OwnerRows()
    {
        string[] names =
        [
            "ListSchemas", "GetSchema", "Encode", "EncodeStream", "UploadEncoded", "StartKeyCheck", "AnswerKeyCheck",
            "FinishKeyCheck", "Resolve", "FindClient",
        ];
        return names.Select(name => None($"EncodingService/{name}", OwnersSide));
    }

    private static AuditRow[] ProjectRows() =>
    [
        Act("ProjectService/CreateProject", AuditKind.Approval, MadeOrAgreed),
        None("ProjectService/GetProject", FactsToMembers),
        None("ProjectService/ListProjects", FactsToMembers),
        Act("ProjectService/InviteParty", AuditKind.Approval, MadeOrAgreed),
        Act("ProjectService/ProposeTerms", AuditKind.Approval, MadeOrAgreed),
        Own("ProjectService/ApproveTerms", AuditKind.Approval, MadeOrAgreed),
        Act("ProjectService/WithdrawParty", AuditKind.Deletion, Deleted),
        All("ProjectService/DeleteProject", AuditKind.Deletion, Deleted),
    ];

    private static AuditRow[] ExchangeRows() =>
    [
        Own("ExchangeService/BeginUpload", AuditKind.Intake, CameIn),
        None("ExchangeService/UploadChunk", PartOfUpload),
        None("ExchangeService/GetUpload", FactsToMembers),
        Own("ExchangeService/CompleteUpload", AuditKind.Intake, CameIn),
        All("ExchangeService/Preflight", AuditKind.Disclosure, Told),
        Own("ExchangeService/DiscardUpload", AuditKind.Deletion, Deleted),
        None("ExchangeService/ListUploads", FactsToMembers),
    ];

    private static AuditRow[] RunRows() =>
    [
        Act("LinkageService/StartRun", AuditKind.Decision, Decided),
        None("LinkageService/GetRun", FactsToMembers),
        None("LinkageService/WatchRun", FactsToMembers),
        None("LinkageService/ListRuns", FactsToMembers),
        Act("LinkageService/CancelRun", AuditKind.Decision, Decided),
        Own("LinkageService/StreamOwnLinks", AuditKind.Disclosure, Told),
        All("LinkageService/StreamGroups", AuditKind.Disclosure, Told),
        All("LinkageService/StreamPairs", AuditKind.Disclosure, Told),
        All("LinkageService/StreamPermutation", AuditKind.Disclosure, Told),
        All("LinkageService/GetCounts", AuditKind.Disclosure, Told),
        All("LinkageService/GetReport", AuditKind.Disclosure, Told),
    ];

    private static AuditRow[] AdminRows() =>
    [
        None("AdminService/GetStatus", ProcessFacts),
        Act("AdminService/IssueToken", AuditKind.Administration, Administered),
        Act("AdminService/RevokeToken", AuditKind.Administration, Administered),
        None("AdminService/ListTokens", ProcessFacts),
        None("AdminService/ListParties", ProcessFacts),
    ];

    private static AuditRow[] AgreementRows() =>
    [
        Act("AgreementService/ProposeAgreement", AuditKind.Approval, MadeOrAgreed),
        Own("AgreementService/SignAgreement", AuditKind.Approval, MadeOrAgreed),
        None("AgreementService/GetAgreement", FactsToMembers),
        None("AgreementService/ListAgreements", FactsToMembers),
        Own("AgreementService/WithdrawFromAgreement", AuditKind.Approval, MadeOrAgreed),
        Own("AgreementService/RequestRelease", AuditKind.Approval, MadeOrAgreed),
        Own("AgreementService/AnswerRelease", AuditKind.Approval, MadeOrAgreed),
        None("AgreementService/ListWaiting", FactsToMembers),
    ];

    private static AuditRow[] LookupRows() =>
    [
        ByService("LookupService/Lookup", ToldByService),
        ByService("LookupService/LookupBatch", ToldByService),
        ByService("LookupService/LookupStream", ToldByService),
        Own("LookupService/AddRecords", AuditKind.Intake, CameIn),
        Own("LookupService/ReplaceRecord", AuditKind.Intake, CameIn),
        Own("LookupService/RemoveRecords", AuditKind.Deletion, Deleted),
        All("LookupService/GetLinkChanges", AuditKind.Disclosure, Told),
        All("LookupService/DecidePair", AuditKind.Decision, Decided),
    ];

    private static AuditRow[] AuditRows() =>
    [
        Act("AuditService/StreamEntries", AuditKind.Administration, LookedIntoLog),
        None("AuditService/GetHead", ProcessFacts),
        Act("AuditService/SummarizeDisclosures", AuditKind.Administration, LookedIntoLog),
        None("AuditService/GetDeletionCertificates", FactsToMembers),
    ];

    private static AuditRow None(string name, string reason) =>
        Row(name, AuditKind.Unspecified, AuditSubject.Nobody, AuditWriter.Nobody, reason);

    private static AuditRow Act(string name, AuditKind kind, string reason) =>
        Row(name, kind, AuditSubject.Nobody, AuditWriter.Gate, reason);

    private static AuditRow Own(string name, AuditKind kind, string reason) =>
        Row(name, kind, AuditSubject.Caller, AuditWriter.Gate, reason);

    private static AuditRow All(string name, AuditKind kind, string reason) =>
        Row(name, kind, AuditSubject.EveryParty, AuditWriter.Gate, reason);

    private static AuditRow ByService(string name, string reason) =>
        Row(name, AuditKind.Disclosure, AuditSubject.EveryParty, AuditWriter.Service, reason);

    private static AuditRow Row(
        string name, AuditKind kind, AuditSubject subject, AuditWriter writer, string reason) =>
        new($"linkage.v1.{name}", kind, subject, writer, reason);
}
