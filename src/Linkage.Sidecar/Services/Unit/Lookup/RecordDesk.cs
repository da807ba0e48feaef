using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Takes records in and out of linked projects, and tells what came of it. Thread-safe.</summary>
internal sealed class RecordDesk
{
    private const int HandleDigits = 32;

    private readonly UnitStore _store;
    private readonly LiveProjects _projects;
    private readonly OutputPolicy _policy;

    public RecordDesk(UnitStore store, LiveProjects projects, OutputPolicy policy)
    {
        _store = store;
        _projects = projects;
        _policy = policy;
    }

    /// <summary>Adds records, or finds that they have been added by this very request.</summary>
    /// <param name="content">The encoded file.</param>
    /// <param name="replaced">A record that goes at the same time; null for none.</param>
    /// <param name="repeatable">What makes the call repeatable.</param>
    /// <param name="context">The call.</param>
    /// <returns>
    /// What was stored, the number of the last change of the party's own records, and the link ids of the records where
    /// the terms give them.
    /// </returns>
    public async Task<(LiveReceipt Receipt, long Sequence, IReadOnlyList<OwnLink> Links)> AddAsync(
        ReadOnlyMemory<byte> content, string? replaced, IdempotentRequest repeatable, ServerCallContext context)
    {
        (Stored.Project project, RunTerms terms, string party) = Require(context);
        _policy.Require(project.Id);
        LiveReceipt receipt = _store.Added.FindAnswer(repeatable)
            ?? await AddAnewAsync(project, terms, party, content, replaced, repeatable, context);
        IReadOnlyList<Stored.LinkChange> own = OwnChanges(project.Id, party, receipt);
        return (receipt, LastOf(own), terms.Agreed.Output == Stored.OutputType.LinkIds ? LinksOf(own) : []);
    }

    /// <summary>Removes records; no agreement can keep a party from it.</summary>
    public async Task<RemoveRecordsResponse> RemoveAsync(RemoveRecordsRequest request, ServerCallContext context)
    {
        (Stored.Project project, _, string party) = Require(context);
        new FieldChecks()
            .That(request.Handles.Count is >= 1 and <= QueryFile.MostRecords, "handles", "1 to 1,000 handles.")
            .That(request.Handles.All(IsHandle), "handles", "32 lower-case hexadecimal digits each.")
            .Require();
        using LiveLease lease = await EnterAsync(project, context);
        (int removed, LiveReceipt receipt) = await Task.Run(() => lease.Project.Remove(party, request.Handles));
        return new RemoveRecordsResponse
        {
            Removed = removed,
            ChangeSequence = LastOf(OwnChanges(project.Id, party, receipt)),
        };
    }

    /// <summary>Follows the decision of a person.</summary>
    /// <exception cref="RunRefusedException">
    /// The terms do not show pairs to whoever decides, or the agreement is not in force.
    /// </exception>
    public async Task<DecidePairResponse> DecideAsync(DecidePairRequest request, ServerCallContext context)
    {
        Stored.Project project = CallFacts.TargetOf(context).Project;
        RequireOutput(project, Stored.OutputType.Groups);
        new FieldChecks()
            .That(IsHandle(request.Left?.Handle), "left", "A record of the project.")
            .That(IsHandle(request.Right?.Handle), "right", "A record of the project.")
            .Require();
        PairDecision decision = new(Reference(request.Left!), Reference(request.Right!), request.IsMatch);
        using LiveLease lease = await EnterAsync(project, context);
        LiveReceipt receipt = await Task.Run(() => lease.Project.Decide(decision));
        return new DecidePairResponse { ChangeSequence = receipt.LastSequence };
    }

    /// <summary>The changes of link ids that the caller may be told.</summary>
    /// <exception cref="RunRefusedException">The terms do not give link ids to whoever asks.</exception>
    public GetLinkChangesResponse List(GetLinkChangesRequest request, ServerCallContext context)
    {
        Stored.Project project = CallFacts.TargetOf(context).Project;
        string? party = CallFacts.CallerOf(context).Party;
        RequireOutput(project, party is null ? Stored.OutputType.Groups : Stored.OutputType.LinkIds);
        new FieldChecks().That(request.AfterSequence >= 0, "after_sequence", "0 or more.").Require();
        int size = Paging.SizeOf(request.PageSize);
        IReadOnlyList<Stored.LinkChange> found =
            _store.Added.ListChanges(project.Id, request.AfterSequence, party, size + 1);
        GetLinkChangesResponse page = new() { More = found.Count > size };
        page.Changes.AddRange(found.Take(size).Select(View));
        return page;
    }

    private static (Stored.Project Project, RunTerms Terms, string Party) Require(ServerCallContext context)
    {
        Stored.Project project = CallFacts.TargetOf(context).Project;
        return (
            project,
            RunTerms.Of(project)
                ?? throw new RunRefusedException(ErrorReason.WrongState, "The parties have not agreed."),
            CallFacts.CallerOf(context).Party
                ?? throw new RunRefusedException(ErrorReason.RoleNotAllowed, "Records are a party's own."));
    }

    private static bool IsHandle(string? text) =>
        text is { Length: HandleDigits } && text.All(char.IsAsciiHexDigitLower);

    private static RecordReference Reference(RecordHandle record) => new(record.Party, record.Handle);

    private static V1.LinkChange View(Stored.LinkChange change)
    {
        V1.LinkChange view = new()
        {
            Sequence = change.Sequence,
            Kind = change.Kind switch
            {
                Stored.LinkChangeKind.Added => V1.LinkChangeKind.Added,
                Stored.LinkChangeKind.Merged => V1.LinkChangeKind.Merged,
                Stored.LinkChangeKind.Split => V1.LinkChangeKind.Split,
                _ => V1.LinkChangeKind.Removed,
            },
            ChangeTime = change.ChangedAt.ToTimestamp(),
        };
        view.Records.AddRange(change.Records.Select(record => new V1.RelinkedRecord
        {
            Record = new RecordHandle { Party = record.Party, Handle = record.Handle },
            OldLinkId = record.OldLinkId ?? string.Empty,
            NewLinkId = record.NewLinkId ?? string.Empty,
        }));
        return view;
    }

    private void RequireOutput(Stored.Project project, Stored.OutputType output)
    {
        _policy.Require(project.Id);
        if (project.Terms?.Output != output)
        {
            throw new RunRefusedException(ErrorReason.OutputNotAgreed, "The terms agree on another output.");
        }
    }

    private async Task<LiveReceipt> AddAnewAsync(
        Stored.Project project,
        RunTerms terms,
        string party,
        ReadOnlyMemory<byte> content,
        string? replaced,
        IdempotentRequest repeatable,
        ServerCallContext context)
    {
        new FieldChecks().That(replaced is null || IsHandle(replaced), "handle", "A record of the caller's own.")
            .Require();
        (string field, int most) = replaced is null
            ? ("encoded_records", QueryFile.MostRecords)
            : ("encoded_record", 1);
        EncodedFile? file = QueryFile.Read(content.Span, field, terms.Agreed, party, most);
        try
        {
            using LiveLease lease = await EnterAsync(project, context);
            EncodedFile taken = file;
            file = null;
            return await Task.Run(() => lease.Project.Add(taken, content, replaced, repeatable));
        }
        finally
        {
            file?.Dispose();
        }
    }

    // As they were then: a repeated request is answered as the first was. Of the others' changes not even the number.
    private IReadOnlyList<Stored.LinkChange> OwnChanges(string projectId, string party, LiveReceipt receipt) =>
        receipt.FirstSequence == 0
            ? []
            :
            [
                .. _store.Added.ListChanges(
                        projectId,
                        receipt.FirstSequence - 1,
                        party,
                        checked((int)(receipt.LastSequence - receipt.FirstSequence + 1)))
                    .Where(change => change.Sequence <= receipt.LastSequence),
            ];

    private static long LastOf(IReadOnlyList<Stored.LinkChange> own) => own.Count == 0 ? 0 : own[^1].Sequence;

    private static OwnLink[] LinksOf(IEnumerable<Stored.LinkChange> own) =>
    [
        .. own.Where(change => change.Kind == Stored.LinkChangeKind.Added)
            .SelectMany(change => change.Records)
            .Select(record => new OwnLink { Handle = record.Handle, LinkId = record.NewLinkId ?? string.Empty }),
    ];

    private Task<LiveLease> EnterAsync(Stored.Project project, ServerCallContext context) =>
        _projects.EnterAsync(project.Id, context.Deadline, context.CancellationToken);
}
