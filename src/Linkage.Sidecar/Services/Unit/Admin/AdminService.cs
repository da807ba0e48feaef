using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Admin;

/// <summary>State of the process, tokens, identities. Nothing of any result.</summary>
internal sealed class AdminService : V1.AdminService.AdminServiceBase
{
    private readonly UnitStore _store;
    private readonly SidecarOptions _options;
    private readonly TokenDesk _tokens;
    private readonly ProcessFacts _process;

    /// <summary>Serves; safe to use from several threads.</summary>
    public AdminService(UnitStore store, SidecarOptions options, TokenDesk tokens, ProcessFacts process)
    {
        _store = store;
        _options = options;
        _tokens = tokens;
        _process = process;
    }

    /// <inheritdoc/>
    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context)
    {
        StoreTally tally = _store.CountWork();
        return Task.FromResult(new GetStatusResponse
        {
            Version = ProductVersion.Current,
            StartTime = Timestamp.FromDateTimeOffset(_process.StartedAt),
            Serving = _process.IsServing,
            Projects = ProjectTallies.Of(_store.Projects),
            QueuedRuns = tally.QueuedRuns,
            RunningRuns = tally.RunningRuns,
            OpenUploads = tally.OpenUploads,
            StoredBytes = tally.Bytes,
            FreeBytes = _options.Directories.Data is { } data ? new DriveInfo(data).AvailableFreeSpace : 0,
        });
    }

    /// <inheritdoc/>
    public override async Task<IssueTokenResponse> IssueToken(IssueTokenRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        (TokenRecord token, string text) = await _tokens.IssueAsync(
            caller,
            request,
            Idempotency.Of(caller, context.Method, request.IdempotencyKey, request),
            context.CancellationToken);
        return new IssueTokenResponse { Token = View(token), TokenText = text };
    }

    /// <inheritdoc/>
    public override async Task<RevokeTokenResponse> RevokeToken(
        RevokeTokenRequest request, ServerCallContext context) => new()
        {
            Token = View(await _tokens.RevokeAsync(
                CallFacts.CallerOf(context), request.TokenId, context.CancellationToken)),
        };

    /// <inheritdoc/>
    public override Task<ListTokensResponse> ListTokens(ListTokensRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        ListTokensRequest question = new() { Subject = request.Subject };
        int size = Paging.SizeOf(request.PageSize);
        ListCursor after = Paging.Read(request.PageToken, caller, question);
        TokenRecord[] found =
        [
            .. Behind(_tokens.List(caller), after.Id, token => token.Id)
                .Where(token => request.Subject.Length == 0 || token.Party == request.Subject)
                .Take(size + 1),
        ];
        ListTokensResponse page = new();
        page.Tokens.AddRange(found.Take(size).Select(View));
        if (found.Length > size)
        {
            page.NextPageToken = Paging.Write(new ListCursor(0, found[size - 1].Id), caller, question);
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task<ListPartiesResponse> ListParties(ListPartiesRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        ListPartiesRequest question = new();
        int size = Paging.SizeOf(request.PageSize);
        ListCursor after = Paging.Read(request.PageToken, caller, question);
        IEnumerable<Principal> all = _options.Principals.OrderBy(known => known.Name, StringComparer.Ordinal);
        Principal[] found = [.. Behind(all, after.Id, known => known.Name).Take(size + 1)];
        ListPartiesResponse page = new();
        page.Parties.AddRange(found.Take(size).Select(known => new V1.Identity
        {
            Name = known.Name,
            Role = TokenDesk.RoleOf(known.Role),
            HasCertificate = known.Certificates.Count + known.Subjects.Count > 0,
        }));
        if (found.Length > size)
        {
            page.NextPageToken = Paging.Write(new ListCursor(0, found[size - 1].Name), caller, question);
        }

        return Task.FromResult(page);
    }

    private static IEnumerable<T> Behind<T>(IEnumerable<T> all, string id, Func<T, string> idOf) =>
        id.Length == 0 ? all : all.SkipWhile(one => idOf(one) != id).SkipWhile(one => idOf(one) == id);

    private Token View(TokenRecord token) => new()
    {
        Id = token.Id,
        Subject = token.Party,
        Role = TokenDesk.RoleOf(token.Role),
        CreateTime = _store.TokenRequests.FindTime(token.Id) is { } made ? Timestamp.FromDateTimeOffset(made) : null,
        ExpireTime = Timestamp.FromDateTimeOffset(token.Expires),
        RevokeTime = token.Revoked is { } revoked ? Timestamp.FromDateTimeOffset(revoked) : null,
    };
}
