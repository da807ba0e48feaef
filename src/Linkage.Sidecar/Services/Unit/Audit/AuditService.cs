using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using AuditHead = Linkage.V1.AuditHead;

namespace Linkage.Sidecar.Services.Unit.Audit;

/// <summary>Reads the audit log. The gate has checked who calls; a party is shown what concerns it alone.</summary>
internal sealed class AuditService : V1.AuditService.AuditServiceBase
{
    private const int EntriesOfAMessage = 500;

    private readonly AuditLog _log;
    private readonly DeletionCertificates _certificates;
    private readonly ProjectStore _projects;

    /// <summary>Serves; safe to use from several threads.</summary>
    public AuditService(AuditLog log, DeletionCertificates certificates, UnitStore store)
    {
        _log = log;
        _certificates = certificates;
        _projects = store.Projects;
    }

    /// <inheritdoc/>
    public override async Task StreamEntries(
        StreamEntriesRequest request,
        IServerStreamWriter<StreamEntriesResponse> responseStream,
        ServerCallContext context)
    {
        new FieldChecks().That(request.AfterSequence >= 0, "after_sequence", "0 or more.").Require();
        Func<AuditRecord, bool> isShown = ShownTo(CallFacts.CallerOf(context));
        IEnumerable<AuditRecord> wanted = _log.ReadAfter(request.AfterSequence)
            .Where(isShown)
            .Where(record => request.ProjectFilter.Length == 0 || record.Event.ProjectId == request.ProjectFilter);
        foreach (AuditRecord[] some in wanted.Chunk(EntriesOfAMessage))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            StreamEntriesResponse response = new();
            response.Entries.AddRange(some.Select(AuditViews.Of));
            await responseStream.WriteAsync(response);
        }
    }

    /// <inheritdoc/>
    public override Task<GetHeadResponse> GetHead(GetHeadRequest request, ServerCallContext context)
    {
        Linkage.Sidecar.Audit.AuditHead head = _log.Head;
        return Task.FromResult(new GetHeadResponse
        {
            Head = new AuditHead
            {
                Sequence = head.Sequence,
                Hash = head.Hash,
                SignTime = Timestamp.FromDateTimeOffset(head.Time),
                HeadText = head.ToText(),
            },
        });
    }

    /// <inheritdoc/>
    public override Task<SummarizeDisclosuresResponse> SummarizeDisclosures(
        SummarizeDisclosuresRequest request, ServerCallContext context)
    {
        string party = RequireParty(request.Party, CallFacts.CallerOf(context));
        DateTimeOffset start = request.StartTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        DateTimeOffset end = request.EndTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue;
        new FieldChecks().That(start <= end, "end_time", "Not before the start.").Require();
        DisclosureSummary summary = new(party, start, end);
        foreach (AuditRecord record in _log.ReadAfter(0))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            summary.Add(record);
        }

        SummarizeDisclosuresResponse response = new();
        response.Rows.AddRange(summary.Rows.Select(AuditViews.Of));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<GetDeletionCertificatesResponse> GetDeletionCertificates(
        GetDeletionCertificatesRequest request, ServerCallContext context)
    {
        GetDeletionCertificatesResponse response = new();
        Caller caller = CallFacts.CallerOf(context);
        response.CertificateTexts.AddRange(_certificates.List(
            request.ProjectFilter, (project, parties) => IsToldOf(caller, project, parties)));
        return Task.FromResult(response);
    }

    // A project stays its members' concern when it is deleted, and a party's files when the party has left.
    private bool IsToldOf(Caller caller, string projectId, IReadOnlyCollection<string> parties) =>
        AccessPolicy.RoleOf(caller) switch
        {
            AccessRole.Auditor or AccessRole.Operator => true,
            AccessRole.Analyst => _projects.FindEver(projectId)?.CreatedBy == caller.Name,
            AccessRole.Party => parties.Contains(caller.Party)
                || _projects.FindEver(projectId)?.Parties.Any(
                    party => party.Name == caller.Party && party.State != Storage.PartyState.Withdrawn) == true,
            _ => false,
        };

    // Whoever is neither a party nor an auditor is shown nothing, should the gate ever let him come here.
    private static Func<AuditRecord, bool> ShownTo(Caller caller) => AccessPolicy.RoleOf(caller) switch
    {
        AccessRole.Auditor => _ => true,
        AccessRole.Party => record => record.Event.Actor == caller.Party || IsDisclosureOf(record, caller.Party),
        _ => _ => false,
    };

    private static bool IsDisclosureOf(AuditRecord record, string? party) =>
        record.Event.SubjectParty == party && record.Event.Kind is (AuditKind.Disclosure or AuditKind.Refusal);

    private static string RequireParty(string asked, Caller caller)
    {
        bool isItself = asked.Length > 0 && asked == caller.Party;
        bool isAuditor = AccessPolicy.RoleOf(caller) == AccessRole.Auditor;
        return isItself || (isAuditor && Principal.IsName(asked))
            ? asked
            : throw Refusals.BadField("party", "The name of a party; of the caller itself, if it is one.");
    }
}
