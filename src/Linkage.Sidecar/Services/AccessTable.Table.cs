using Rule = Linkage.Sidecar.Services.AccessRule;
using States = Linkage.Sidecar.Services.AccessStates;

namespace Linkage.Sidecar.Services;

/// <content>The rows. Whoever changes one changes <c>docs/access.md</c>, too; a test compares them.</content>
internal static partial class AccessTable
{
    private static Grant OwnersOnly => new(States.None, Rule.OwnerSide);
    private static Grant ForTheUnit => new(States.None, Rule.UnitDecides);
    private static Grant ForTheParty => new(States.None, Rule.PartyDecides);
    private static Grant OfOthers => new(States.None, Rule.NothingOfOthers);
    private static Grant ToParties => new(States.None, Rule.ToThePartyAlone);
    private static Grant ForAuditors => new(States.None, Rule.AuditorsWork);
    private static Grant KeepOut => new(States.None, Rule.OperatorKeepsOut);
    private static Grant NoResults => new(States.None, Rule.OperatorNoResults);
    private static Grant LookOnly => new(States.None, Rule.AuditorReadsFacts);
    private static Grant NotTheirs => new(States.None, Rule.OperatorOnly);
    private static Grant OwnProcess => new(States.NoProject, Rule.OwnProcess);
    private static Grant OwnName => new(States.NoProject, Rule.Itself);
    private static Grant AllFacts => new(States.NoProject, Rule.FactsOnly);

    private static IEnumerable<AccessRow> ListRows() =>
    [
        .. OwnerRows(), .. ProjectRows(), .. ExchangeRows(), .. RunRows(), .. ResultRows(), .. AdminRows(),
        .. AgreementRows(), .. LookupRows(), .. AuditRows(),
    ];

    private static IEnumerable<AccessRow> OwnerRows()
    {
        string[] names =
        [
            "ListSchemas", "GetSchema", "Encode", "EncodeStream", "UploadEncoded", "StartKeyCheck", "AnswerKeyCheck",
            "FinishKeyCheck", "Resolve", "FindClient",
        ];
        return names.SelectMany(
            name => Rpc($"EncodingService/{name}", OwnProcess, OwnersOnly, OwnersOnly, OwnersOnly));
    }

    private static AccessRow[] ProjectRows() =>
    [
        .. Rpc("ProjectService/CreateProject", ForTheUnit, new(States.NoProject, Rule.NewProject), KeepOut, LookOnly),
        .. Rpc("ProjectService/GetProject", Member(States.Every), Member(States.Every),
            new(States.Every, Rule.Operates), new(States.Every, Rule.FactsOnly)),
        .. Rpc("ProjectService/ListProjects", Member(States.NoProject), Member(States.NoProject),
            new(States.NoProject, Rule.Operates), AllFacts),
        .. Rpc("ProjectService/InviteParty", ForTheUnit, Member(States.Draft), KeepOut, LookOnly),
        .. Rpc("ProjectService/ProposeTerms", Member(States.Draft | States.Proposed),
            Member(States.Draft | States.Proposed), KeepOut, LookOnly),
        .. Rpc("ProjectService/ApproveTerms", new(States.Proposed | States.Approved, Rule.Itself), ForTheParty,
            KeepOut, LookOnly),
        .. Rpc("ProjectService/WithdrawParty", new(States.Live, Rule.Itself), Member(States.Live), KeepOut, LookOnly),
        .. Rpc("ProjectService/DeleteProject", ForTheUnit, Member(States.Every), new(States.Every, Rule.Operates),
            LookOnly),
    ];

    private static AccessRow[] ExchangeRows() =>
    [
        .. Rpc("ExchangeService/BeginUpload", Upload(States.Approved), ForTheParty, KeepOut, LookOnly),
        .. Rpc("ExchangeService/UploadChunk", Upload(States.Approved), ForTheParty, KeepOut, LookOnly),
        .. Rpc("ExchangeService/GetUpload", Upload(States.Live), Member(States.Live), KeepOut,
            new(States.Live, Rule.FactsOnly)),
        .. Rpc("ExchangeService/CompleteUpload", Upload(States.Approved), ForTheParty, KeepOut, LookOnly),
        .. Rpc("ExchangeService/Preflight", Upload(States.Agreed), Member(States.Agreed), NoResults, LookOnly),
        .. Rpc("ExchangeService/DiscardUpload", Upload(States.Live & ~States.Linking), ForTheParty, KeepOut, LookOnly),
        .. Rpc("ExchangeService/ListUploads", Upload(States.Live), Member(States.Live), KeepOut,
            new(States.Live, Rule.FactsOnly)),
    ];

    private static AccessRow[] RunRows() =>
    [
        .. Rpc("LinkageService/StartRun", ForTheUnit, Member(States.Approved | States.Linked), KeepOut, LookOnly),
        .. LookAtRuns("GetRun"),
        .. LookAtRuns("WatchRun"),
        .. LookAtRuns("ListRuns"),
        .. Rpc("LinkageService/CancelRun", ForTheUnit, Member(States.Agreed), new(States.Agreed, Rule.Operates),
            LookOnly),
    ];

    private static AccessRow[] LookAtRuns(string name) => Rpc(
        $"LinkageService/{name}",
        Member(States.Live),
        Member(States.Live),
        new(States.Live, Rule.Operates),
        new(States.Live, Rule.FactsOnly));

    private static AccessRow[] ResultRows()
    {
        Grant own = new(States.Linked, Rule.OwnRecords);
        Grant agreed = new(States.Linked, Rule.AgreedOutput);
        return
        [
            .. Rpc("LinkageService/StreamOwnLinks", own, ToParties, NoResults, LookOnly),
            .. Rpc("LinkageService/StreamGroups", OfOthers, agreed, NoResults, LookOnly),
            .. Rpc("LinkageService/StreamPairs", OfOthers, agreed, NoResults, LookOnly),
            .. Rpc("LinkageService/StreamPermutation", own, agreed, NoResults, LookOnly),
            .. Rpc("LinkageService/GetCounts", own, agreed, NoResults, LookOnly),
            .. Rpc("LinkageService/GetReport", OfOthers, agreed, NoResults, LookOnly),
        ];
    }

    private static AccessRow[] AdminRows() =>
    [
        .. Rpc("AdminService/GetStatus", NotTheirs, NotTheirs, AllFacts, AllFacts),
        .. Rpc("AdminService/IssueToken", OwnName, OwnName, new(States.NoProject, Rule.NoWayToResults), OwnName),
        .. Rpc("AdminService/RevokeToken", OwnName, OwnName, new(States.NoProject, Rule.Operates), OwnName),
        .. Rpc("AdminService/ListTokens", OwnName, OwnName, AllFacts, AllFacts),
        .. Rpc("AdminService/ListParties", OfOthers, AllFacts, AllFacts, AllFacts),
    ];

    private static AccessRow[] AgreementRows() =>
    [
        .. Rpc("AgreementService/ProposeAgreement", Member(States.Live), Member(States.Live), KeepOut, LookOnly),
        .. Rpc("AgreementService/SignAgreement", new(States.Live, Rule.Itself), ForTheParty, KeepOut, LookOnly),
        .. LookAtAgreements("GetAgreement"),
        .. LookAtAgreements("ListAgreements"),
        .. Rpc("AgreementService/WithdrawFromAgreement", new(States.Live, Rule.Itself), ForTheParty, KeepOut,
            LookOnly),
        .. Rpc("AgreementService/RequestRelease", new(States.Live, Rule.Itself), ForTheParty, KeepOut, LookOnly),
        .. Rpc("AgreementService/AnswerRelease", new(States.Live, Rule.Itself), ForTheParty, KeepOut, LookOnly),
        .. LookAtAgreements("ListWaiting"),
    ];

    private static AccessRow[] LookAtAgreements(string name) => Rpc(
        $"AgreementService/{name}",
        Member(States.Live),
        Member(States.Live),
        KeepOut,
        new(States.Live, Rule.FactsOnly));

    private static AccessRow[] LookupRows()
    {
        Grant asks = new(States.Linking | States.Linked, Rule.AgreedPurpose);
        Grant own = new(States.Linked, Rule.Itself);
        return
        [
            .. Rpc("LookupService/Lookup", asks, ToParties, NoResults, LookOnly),
            .. Rpc("LookupService/LookupBatch", asks, ToParties, NoResults, LookOnly),
            .. Rpc("LookupService/LookupStream", asks, ToParties, NoResults, LookOnly),
            .. Rpc("LookupService/AddRecords", own, ForTheParty, KeepOut, LookOnly),
            .. Rpc("LookupService/ReplaceRecord", own, ForTheParty, KeepOut, LookOnly),
            .. Rpc("LookupService/RemoveRecords", own, ForTheParty, KeepOut, LookOnly),
            .. Rpc("LookupService/GetLinkChanges", new(States.Linked, Rule.OwnRecords),
                new(States.Linked, Rule.AgreedOutput), NoResults, LookOnly),
            .. Rpc("LookupService/DecidePair", ForTheUnit, new(States.Linked, Rule.AgreedOutput), NoResults, LookOnly),
        ];
    }

    private static AccessRow[] AuditRows() =>
    [
        .. Rpc("AuditService/StreamEntries", new(States.NoProject, Rule.OwnEntries), ForAuditors, ForAuditors,
            AllFacts),
        .. Rpc("AuditService/GetHead", AllFacts, AllFacts, AllFacts, AllFacts),
        .. Rpc("AuditService/SummarizeDisclosures", new(States.NoProject, Rule.OwnEntries), ForAuditors, ForAuditors,
            AllFacts),
        .. Rpc("AuditService/GetDeletionCertificates", Member(States.NoProject), Member(States.NoProject), AllFacts,
            AllFacts),
    ];

    // Every role has to be given, so that no call is open, or closed without a reason, by forgetting.
    private static AccessRow[] Rpc(string name, Grant party, Grant analyst, Grant @operator, Grant auditor) =>
    [
        Row(name, AccessRole.Party, party),
        Row(name, AccessRole.Analyst, analyst),
        Row(name, AccessRole.Operator, @operator),
        Row(name, AccessRole.Auditor, auditor),
        Row(name, AccessRole.Anonymous, new(States.None, Rule.NotIdentified)),
    ];

    private static AccessRow Row(string name, AccessRole role, Grant grant) =>
        new($"linkage.v1.{name}", role, grant.States, grant.Rule);

    private static Grant Member(States states) => new(states, Rule.OwnProject);

    private static Grant Upload(States states) => new(states, Rule.OwnUploads);

    private readonly record struct Grant(States States, Rule Rule);
}
