using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Lookups, and records one by one. The gate has checked who calls, on what, and when.</summary>
internal sealed class LookupService : V1.LookupService.LookupServiceBase
{
    private readonly UnitStore _store;
    private readonly LookupDesk _lookups;
    private readonly RecordDesk _records;

    /// <summary>Serves; safe to use from several threads.</summary>
    public LookupService(UnitStore store, LookupDesk lookups, RecordDesk records)
    {
        _store = store;
        _lookups = lookups;
        _records = records;
    }

    /// <inheritdoc/>
    public override async Task<LookupResponse> Lookup(LookupRequest request, ServerCallContext context)
    {
        LookupOutcome outcome = await AskAsync(request, CallFacts.TargetOf(context).Project, context);
        return outcome.Refused is { } refused ? throw LookupDesk.ToError(refused) : ToResponse(outcome);
    }

    /// <inheritdoc/>
    public override async Task<LookupBatchResponse> LookupBatch(
        LookupBatchRequest request, ServerCallContext context)
    {
        var question = LookupQuestion.Of(
            CallFacts.TargetOf(context).Project,
            RequireParty(context),
            request.Parties,
            request.Purpose,
            request.CaseReference,
            request.Explain);
        LookupOutcome outcome = await _lookups.AskAsync(
            question, request.EncodedRecords, QueryFile.MostRecords, context);
        if (outcome.Refused is { } refused)
        {
            throw LookupDesk.ToError(refused);
        }

        LookupBatchResponse response = new() { AuditSequence = outcome.Sequence };
        response.Records.AddRange(outcome.Answers.Select(
            record => new RecordAnswers { Handle = record.Handle, Answers = { record.Answers } }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task LookupStream(
        IAsyncStreamReader<LookupRequest> requestStream,
        IServerStreamWriter<LookupStreamResponse> responseStream,
        ServerCallContext context)
    {
        for (long number = 0; await requestStream.MoveNext(context.CancellationToken); number++)
        {
            LookupRequest request = requestStream.Current;
            LookupOutcome outcome = await AskAsync(request, ProjectNow(request, context), context);
            LookupStreamResponse response = new() { Number = number };
            if (outcome.Refused is { } refused)
            {
                response.Refusal = refused.ToRefusal();
            }
            else
            {
                response.Response = ToResponse(outcome);
            }

            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async Task<AddRecordsResponse> AddRecords(AddRecordsRequest request, ServerCallContext context)
    {
        (LiveReceipt receipt, long sequence, IReadOnlyList<OwnLink> links) = await _records.AddAsync(
            request.EncodedRecords.Memory,
            replaced: null,
            Idempotency.Of(CallFacts.CallerOf(context), context.Method, request.IdempotencyKey, request),
            context);
        AddRecordsResponse response = new()
        {
            ChangeSequence = sequence,
            DroppedRows = receipt.DroppedRows,
        };
        response.Links.AddRange(links);
        return response;
    }

    /// <inheritdoc/>
    public override async Task<ReplaceRecordResponse> ReplaceRecord(
        ReplaceRecordRequest request, ServerCallContext context)
    {
        (_, long sequence, IReadOnlyList<OwnLink> links) = await _records.AddAsync(
            request.EncodedRecord.Memory,
            request.Handle,
            Idempotency.Of(CallFacts.CallerOf(context), context.Method, request.IdempotencyKey, request),
            context);
        return new ReplaceRecordResponse
        {
            Link = links.Count > 0 ? links[0] : null,
            ChangeSequence = sequence,
        };
    }

    /// <inheritdoc/>
    public override Task<RemoveRecordsResponse> RemoveRecords(
        RemoveRecordsRequest request, ServerCallContext context) => _records.RemoveAsync(request, context);

    /// <inheritdoc/>
    public override Task<GetLinkChangesResponse> GetLinkChanges(
        GetLinkChangesRequest request, ServerCallContext context) => Task.FromResult(_records.List(request, context));

    /// <inheritdoc/>
    public override Task<DecidePairResponse> DecidePair(DecidePairRequest request, ServerCallContext context) =>
        _records.DecideAsync(request, context);

    private static LookupResponse ToResponse(LookupOutcome outcome) => new()
    {
        AuditSequence = outcome.Sequence,
        Answers = { outcome.Answers[0].Answers },
    };

    private static string RequireParty(ServerCallContext context) => CallFacts.CallerOf(context).Party
        ?? throw new RunRefusedException(ErrorReason.RoleNotAllowed, "Lookups are answered to parties.");

    private Task<LookupOutcome> AskAsync(LookupRequest request, Stored.Project project, ServerCallContext context)
    {
        var question = LookupQuestion.Of(
            project,
            RequireParty(context),
            request.Parties,
            request.Purpose,
            request.CaseReference,
            request.Explain);
        return _lookups.AskAsync(question, request.EncodedRecord, mostRecords: 1, context);
    }

    // The gate has seen the first request only; meanwhile the project may be gone, or the caller's part in it.
    private Stored.Project ProjectNow(LookupRequest request, ServerCallContext context)
    {
        Stored.Project first = CallFacts.TargetOf(context).Project;
        if (request.ProjectId != first.Id)
        {
            throw Refusals.BadField("project_id", "The project of the stream's first request.");
        }

        string party = RequireParty(context);
        Stored.Project? now = _store.Projects.Find(first.Id);
        return now is not null && now.Parties.Any(
            one => one.Name == party && one.State != Stored.PartyState.Withdrawn)
            ? now
            : throw Refusals.Unknown("project");
    }
}
