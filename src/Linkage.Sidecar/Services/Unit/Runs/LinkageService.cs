using Grpc.Core;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs.Results;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Runs of the unit and what comes of them. The gate has checked who calls, on what, and when.</summary>
internal sealed class LinkageService : V1.LinkageService.LinkageServiceBase
{
    private readonly RunReader _reader;
    private readonly RunStarter _starter;
    private readonly ResultStreams _streams;
    private readonly GroupStream _groups;
    private readonly ResultFigures _figures;
    private readonly OutputPolicy _policy;

    /// <summary>Serves; safe to use from several threads.</summary>
    public LinkageService(
        RunReader reader,
        RunStarter starter,
        ResultStreams streams,
        GroupStream groups,
        ResultFigures figures,
        OutputPolicy policy)
    {
        _reader = reader;
        _starter = starter;
        _streams = streams;
        _groups = groups;
        _figures = figures;
        _policy = policy;
    }

    /// <inheritdoc/>
    public override async Task<StartRunResponse> StartRun(StartRunRequest request, ServerCallContext context)
    {
        IdempotentRequest repeatable = Idempotency.Of(
            CallFacts.CallerOf(context), context.Method, request.IdempotencyKey, request);
        string run = await _starter.StartAsync(request, repeatable, context.CancellationToken);
        return new StartRunResponse { Run = _reader.Get(run, MaySeeOptions(context)) };
    }

    /// <inheritdoc/>
    public override Task<GetRunResponse> GetRun(GetRunRequest request, ServerCallContext context) =>
        Task.FromResult(new GetRunResponse { Run = _reader.Get(request.RunId, MaySeeOptions(context)) });

    /// <inheritdoc/>
    public override Task WatchRun(
        WatchRunRequest request, IServerStreamWriter<WatchRunResponse> responseStream, ServerCallContext context) =>
        SendAsync(
            _reader.WatchAsync(
                request.RunId, request.AfterSequence, MaySeeOptions(context), context.CancellationToken),
            responseStream);

    /// <inheritdoc/>
    public override async Task<CancelRunResponse> CancelRun(CancelRunRequest request, ServerCallContext context)
    {
        await _starter.CancelAsync(request.RunId, context.CancellationToken);
        return new CancelRunResponse { Run = _reader.Get(request.RunId, MaySeeOptions(context)) };
    }

    /// <inheritdoc/>
    public override Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        ListRunsRequest question = new() { ProjectId = request.ProjectId };
        int size = Paging.SizeOf(request.PageSize);
        Storage.Run[] found =
        [
            .. _reader.List(request.ProjectId, Paging.Read(request.PageToken, caller, question)).Take(size + 1),
        ];
        ListRunsResponse page = new();
        page.Runs.AddRange(found.Take(size).Select(run => _reader.Get(run.Id, MaySeeOptions(context))));
        if (found.Length > size)
        {
            var last = ListCursor.After(found[size - 1].CreatedAt, found[size - 1].Id);
            page.NextPageToken = Paging.Write(last, caller, question);
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task StreamOwnLinks(
        StreamOwnLinksRequest request,
        IServerStreamWriter<StreamOwnLinksResponse> responseStream,
        ServerCallContext context)
    {
        string party = PartyOrAnalyst(context) ?? throw NotForRole();
        return TellAsync(
            _streams.OwnLinksAsync(request, party, context.CancellationToken), responseStream, context);
    }

    /// <inheritdoc/>
    public override Task StreamGroups(
        StreamGroupsRequest request,
        IServerStreamWriter<StreamGroupsResponse> responseStream,
        ServerCallContext context)
    {
        RequireAnalyst(context);
        return TellAsync(_groups.ReadAsync(request, context.CancellationToken), responseStream, context);
    }

    /// <inheritdoc/>
    public override Task StreamPairs(
        StreamPairsRequest request,
        IServerStreamWriter<StreamPairsResponse> responseStream,
        ServerCallContext context)
    {
        RequireAnalyst(context);
        return TellAsync(_streams.PairsAsync(request, context.CancellationToken), responseStream, context);
    }

    /// <inheritdoc/>
    public override Task StreamPermutation(
        StreamPermutationRequest request,
        IServerStreamWriter<StreamPermutationResponse> responseStream,
        ServerCallContext context) =>
        TellAsync(
            PartyOrAnalyst(context) is { } party
                ? _streams.PlacementAsync(request, party, context.CancellationToken)
                : _streams.MaskAsync(request, context.CancellationToken),
            responseStream,
            context);

    /// <inheritdoc/>
    public override Task<GetCountsResponse> GetCounts(GetCountsRequest request, ServerCallContext context) =>
        _figures.CountAsync(request.RunId, PartyOrAnalyst(context), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetReportResponse> GetReport(GetReportRequest request, ServerCallContext context)
    {
        RequireAnalyst(context);
        return _figures.ReportAsync(request, context.CancellationToken);
    }

    private static async Task SendAsync<T>(IAsyncEnumerable<T> parts, IServerStreamWriter<T> to)
    {
        await foreach (T part in parts)
        {
            await to.WriteAsync(part);
        }
    }

    // A stream takes as long as its reader likes: whoever leaves the agreement meanwhile is not told of any more.
    private async Task TellAsync<T>(IAsyncEnumerable<T> parts, IServerStreamWriter<T> to, ServerCallContext context)
    {
        await foreach (T part in parts)
        {
            _policy.Require(CallFacts.TargetOf(context).Project.Id);
            await to.WriteAsync(part);
        }
    }

    private static bool MaySeeOptions(ServerCallContext context) =>
        AccessPolicy.RoleOf(CallFacts.CallerOf(context)) != AccessRole.Party;

    // Whoever reads results, the agreement comes first. The gate lets nobody else come here; should it ever, nobody
    // else is taken for the analyst.
    private string? PartyOrAnalyst(ServerCallContext context)
    {
        _policy.Require(CallFacts.TargetOf(context).Project.Id);
        Caller caller = CallFacts.CallerOf(context);
        return AccessPolicy.RoleOf(caller) switch
        {
            AccessRole.Party => caller.Party ?? throw NotForRole(),
            AccessRole.Analyst => null,
            _ => throw NotForRole(),
        };
    }

    private void RequireAnalyst(ServerCallContext context)
    {
        if (PartyOrAnalyst(context) is not null)
        {
            throw NotForRole();
        }
    }

    private static RunRefusedException NotForRole() =>
        new(ErrorReason.RoleNotAllowed, "Results are told to whom the terms say, and to nobody else.");
}
