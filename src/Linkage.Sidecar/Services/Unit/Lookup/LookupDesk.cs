using Google.Protobuf;
using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Answers who knows a client: the agreement first, then the records, then the audit log, then the caller.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LookupDesk
{
    private readonly LiveProjects _projects;
    private readonly IDisclosurePolicy _policy;
    private readonly IAuditTrail _audit;
    private readonly ProbingGuard _guard;

    public LookupDesk(LiveProjects projects, IDisclosurePolicy policy, IAuditTrail audit, ProbingGuard guard)
    {
        _projects = projects;
        _policy = policy;
        _audit = audit;
        _guard = guard;
    }

    /// <summary>Answers a question about the records of a file.</summary>
    /// <param name="question">What is asked, checked.</param>
    /// <param name="content">The encoded file.</param>
    /// <param name="mostRecords">1 where exactly one record is wanted.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">The file is not of the terms, or the caller asks too much.</exception>
    /// <exception cref="RunRefusedException">The project has no results to look into.</exception>
    public async Task<LookupOutcome> AskAsync(
        LookupQuestion question, ByteString content, int mostRecords, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        RunTerms terms = RunTerms.Of(question.Project)
            ?? throw new RunRefusedException(ErrorReason.WrongState, "The parties have not agreed.");
        string field = mostRecords == 1 ? "encoded_record" : "encoded_records";
        using EncodedFile file = QueryFile.Read(content.Span, field, terms.Agreed, question.Asking, mostRecords);
        AuditEvent template = LookupAudit.Template(ActionOf(context), caller.Name, question);
        _guard.Require(caller, file.Merge.RecordCount);
        IReadOnlyList<PartyRuling> rulings = PartyRuling.Decide(_policy, question);
        return Refused(rulings) is { } refused
            ? await RefuseAsync(template, rulings, refused, file.Merge.RecordCount)
            : await AnswerAsync(question, file, template, context);
    }

    /// <summary>The error of a lookup that no party may answer.</summary>
    public static RpcException ToError(PartyRuling refused)
    {
        DisclosureRuling ruling = refused.Ruling;
        return Refusals.Of(
            ruling.Refusal,
            ruling.Message.Length > 0 ? ruling.Message : "The agreement lets no party answer.",
            [
                ("party", refused.Party),
                ("clause", ruling.Clause),
                ("citation", ruling.Citation),
                ("request_id", ruling.RequestId),
            ]);
    }

    // The asking party's own answer does not make up for the others'.
    private static PartyRuling? Refused(IReadOnlyList<PartyRuling> rulings)
    {
        PartyRuling[] others = [.. rulings.Where(ruling => !ruling.IsOwn)];
        PartyRuling[] deciding = others.Length > 0 ? others : [.. rulings];
        return Array.Exists(deciding, ruling => ruling.Ruling.IsAllowed) ? null : deciding[0];
    }

    private static string ActionOf(ServerCallContext context)
    {
        const string Package = "/linkage.v1.";
        return context.Method.StartsWith(Package, StringComparison.Ordinal)
            ? context.Method[Package.Length..]
            : context.Method;
    }

    private async Task<LookupOutcome> RefuseAsync(
        AuditEvent template, IReadOnlyList<PartyRuling> rulings, PartyRuling refused, int records)
    {
        IReadOnlyList<LiveMatch>[] nothing = [.. Enumerable.Range(0, records).Select(_ => Array.Empty<LiveMatch>())];
        long sequence = await _audit.AppendAsync(
            LookupAudit.Events(template, [.. rulings.Where(ruling => !ruling.Ruling.IsAllowed)], nothing));
        return new LookupOutcome([], sequence, refused);
    }

    private async Task<LookupOutcome> AnswerAsync(
        LookupQuestion question,
        EncodedFile file,
        AuditEvent template,
        ServerCallContext context)
    {
        using LiveLease lease = await _projects.EnterAsync(
            question.Project.Id, context.Deadline, context.CancellationToken);

        // Records are read in for seconds, in which a party may have left or the agreement ended: what holds now.
        IReadOnlyList<PartyRuling> rulings = PartyRuling.Decide(_policy, question);
        if (Refused(rulings) is { } refused)
        {
            return await RefuseAsync(template, rulings, refused, file.Merge.RecordCount);
        }

        HashSet<string> allowed =
            [.. rulings.Where(ruling => ruling.Ruling.IsAllowed).Select(ruling => ruling.Party)];
        IReadOnlyList<LiveMatch>[] found = new IReadOnlyList<LiveMatch>[file.Merge.RecordCount];
        for (int record = 0; record < found.Length; record++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            found[record] =
            [
                .. lease.Project.Find(file, record).Where(match => allowed.Contains(match.Match.Record.Party)),
            ];
        }

        await _guard.NoteAsync(
            CallFacts.CallerOf(context),
            template,
            [.. found.Select((matches, record) => (QuerySketch.Of(file, record), matches.Count > 0))]);
        long sequence = await _audit.AppendAsync(LookupAudit.Events(template, rulings, found));
        return new LookupOutcome(
            [
                .. found.Select((matches, record) => (
                    Convert.ToHexStringLower(file.Merge.Handle(record)),
                    (IReadOnlyList<PartyAnswer>)
                        [.. LookupAnswers.Of(lease.Project, rulings, matches, question.Explain)])),
            ],
            sequence,
            Refused: null);
    }
}
