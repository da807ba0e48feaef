using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.V1;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;
using Project = Linkage.Sidecar.Storage.Project;
using Run = Linkage.Sidecar.Storage.Run;
using Upload = Linkage.Sidecar.Storage.Upload;

namespace Linkage.Sidecar.Tests.Services.Access;

public sealed class AccessMatrixTests : IAsyncLifetime
{
    private const string Owner = "analyst";

    private static readonly AccessStates[] States =
    [
        AccessStates.Draft, AccessStates.Proposed, AccessStates.Approved, AccessStates.Linking, AccessStates.Linked,
        AccessStates.Deleted,
    ];

    private static readonly Dictionary<string, MessageDescriptor> Requests = new[]
    {
        ProjectReflection.Descriptor, ExchangeReflection.Descriptor, LinkageReflection.Descriptor,
        AdminReflection.Descriptor, EncodingReflection.Descriptor, AgreementReflection.Descriptor,
        LookupReflection.Descriptor, AuditReflection.Descriptor,
    }
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .ToDictionary(method => $"{method.Service.FullName}/{method.Name}", method => method.InputType);

    // A field that no request has; it makes the content another one.
    private static readonly byte[] Unknown = [0xf8, 0x3f, 0x01];

    private readonly Dictionary<AccessStates, (string Project, string Upload, string Run)> _places = [];

    private GateHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await GateHost.StartAsync();
        foreach (AccessStates state in States)
        {
            _places.Add(state, await PlaceAsync(state));
        }
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Call_EveryRpcRoleAndState_IsDecidedAsThePageSays()
    {
        List<string> open = [];
        IReadOnlyList<AccessRow> rows = AccessPage.Rows();
        foreach (AccessRow row in rows)
        {
            foreach (AccessStates state in States)
            {
                RpcException answer = await _host.CallAsync(row.Rpc, CallerOf(row.Role), RequestFor(row.Rpc, state));
                bool shouldPass = row.Allows(state) || row.Allows(AccessStates.NoProject);
                if ((answer.StatusCode == StatusCode.Unimplemented) != shouldPass || !IsExpected(answer, row))
                {
                    open.Add($"{row.Rpc} {row.Role} {state}: {answer.StatusCode}");
                }
            }
        }

        Assert.Equal(Requests.Count * Enum.GetValues<AccessRole>().Length, rows.Count);
        Assert.Empty(open);
    }

    [Fact]
    public async Task Call_AnothersProject_IsAnsweredAsOneThatDoesNotExist()
    {
        Caller[] strangers =
        [
            new(CallerKind.Token, "stranger", CallerRoles.Party), new(CallerKind.Token, "other", CallerRoles.Analyst),
        ];
        IEnumerable<AccessRow> rows = AccessPage.Rows().Where(
            row => row.IsEverAllowed && !row.Allows(AccessStates.NoProject)
                && row.Role is AccessRole.Party or AccessRole.Analyst);
        foreach (AccessRow row in rows)
        {
            Caller stranger = strangers.Single(one => one.Roles == CallerOf(row.Role).Roles);
            foreach (AccessStates state in States)
            {
                RpcException others = await _host.CallAsync(row.Rpc, stranger, RequestFor(row.Rpc, state));
                RpcException nobodys = await _host.CallAsync(row.Rpc, stranger, MessageFor(
                    row.Rpc, StoreIds.Create(), StoreIds.Create(), StoreIds.Create()));

                Assert.Equal(StatusCode.NotFound, others.StatusCode);
                Assert.Equal(nobodys.Status.Detail, others.Status.Detail);
                Assert.Equal(
                    nobodys.Trailers.GetValueBytes("grpc-status-details-bin"),
                    others.Trailers.GetValueBytes("grpc-status-details-bin"));
            }
        }
    }

    [Fact]
    public async Task Call_RepeatedInAnotherState_PassesForItsCallerAndItsContentOnly()
    {
        foreach (AccessRow row in Repeatable())
        {
            foreach (AccessStates state in States.Except([AccessStates.Deleted]))
            {
                string project = _places[state].Project;
                IMessage same = AskedBefore(row, project);
                IMessage fresh = WithKey(AskedBefore(row, project), StoreIds.Create());
                IMessage other = WithKey(MessageFor(row.Rpc, project, string.Empty, string.Empty), KeyOf(row, project));
                other.MergeFrom(Unknown);
                bool isAllowed = row.Allows(state);

                Assert.Equal(StatusCode.Unimplemented, await CodeAsync(row, CallerOf(row.Role), same));
                Assert.Equal(
                    isAllowed ? StatusCode.Unimplemented : StatusCode.FailedPrecondition,
                    await CodeAsync(row, CallerOf(row.Role), fresh));
                Assert.Equal(StatusCode.AlreadyExists, await CodeAsync(row, CallerOf(row.Role), other));
                if (row.Role == AccessRole.Party)
                {
                    Assert.Equal(
                        isAllowed ? StatusCode.Unimplemented : StatusCode.FailedPrecondition,
                        await CodeAsync(row, new Caller(CallerKind.Token, "benefits", CallerRoles.Party), same));
                }
            }
        }
    }

    [Theory]
    [InlineData("BeginUpload", false)]
    [InlineData("UploadChunk", true)]
    [InlineData("GetUpload", true)]
    [InlineData("CompleteUpload", true)]
    [InlineData("Preflight", true)]
    [InlineData("DiscardUpload", true)]
    [InlineData("ListUploads", false)]
    public async Task Call_UploadOfAnotherMember_IsAnsweredAsOneThatDoesNotExist(string name, bool isHidden)
    {
        string rpc = $"linkage.v1.ExchangeService/{name}";

        RpcException answer = await _host.CallAsync(
            rpc,
            new Caller(CallerKind.Token, "benefits", CallerRoles.Party),
            RequestFor(rpc, AccessStates.Approved));

        Assert.Equal(isHidden ? StatusCode.NotFound : StatusCode.Unimplemented, answer.StatusCode);
    }

    [Fact]
    public void Call_RpcWithoutRow_IsDenied()
    {
        RpcException refused = Assert.Throws<RpcException>(() => AccessPolicy.RequireRole(
            "/linkage.v1.ProjectService/Unheard", CallerOf(AccessRole.Analyst)));

        Assert.Equal(
            (StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED"), (refused.StatusCode, UnitHost.ReasonOf(refused)));
    }

    // The calls with an idempotency key that are about a project, by those who may make them.
    private static IEnumerable<AccessRow> Repeatable() => AccessPage.Rows().Where(
        row => row.IsEverAllowed && !row.Allows(AccessStates.NoProject)
            && Requests[row.Rpc].FindFieldByName("idempotency_key") is not null);

    private static string KeyOf(AccessRow row, string project) => $"{project[..16]}-{row.Rpc.Split('/')[1]}";

    private static IMessage AskedBefore(AccessRow row, string project) =>
        WithKey(MessageFor(row.Rpc, project, string.Empty, string.Empty), KeyOf(row, project));

    private static IMessage WithKey(IMessage request, string key)
    {
        request.Descriptor.FindFieldByName("idempotency_key").Accessor.SetValue(request, key);
        return request;
    }

    private static bool IsExpected(RpcException answer, AccessRow row) => answer.StatusCode switch
    {
        StatusCode.Unimplemented => true,
        StatusCode.Unauthenticated => row.Role == AccessRole.Anonymous,
        StatusCode.PermissionDenied => !row.IsEverAllowed,
        StatusCode.FailedPrecondition or StatusCode.NotFound => row.IsEverAllowed,
        _ => false,
    };

    private static Caller CallerOf(AccessRole role) => role switch
    {
        AccessRole.Party => new Caller(CallerKind.Token, "health", CallerRoles.Party),
        AccessRole.Analyst => new Caller(CallerKind.Token, Owner, CallerRoles.Analyst),
        AccessRole.Operator => new Caller(CallerKind.Token, "keeper", CallerRoles.Operator),
        AccessRole.Auditor => new Caller(CallerKind.Token, "reader", CallerRoles.Auditor),
        _ => Caller.Anonymous,
    };

    private static IMessage MessageFor(string rpc, string project, string upload, string run)
    {
        IMessage request = Requests[rpc].Parser.ParseFrom([]);
        foreach ((string field, string id) in new[] { ("project_id", project), ("upload_id", upload), ("run_id", run) })
        {
            request.Descriptor.FindFieldByName(field)?.Accessor.SetValue(request, id);
        }

        return request;
    }

    private async Task<StatusCode> CodeAsync(AccessRow row, Caller caller, IMessage request) =>
        (await _host.CallAsync(row.Rpc, caller, request)).StatusCode;

    private IMessage RequestFor(string rpc, AccessStates state)
    {
        (string project, string upload, string run) = _places[state];
        return MessageFor(rpc, project, upload, run);
    }

    // Health's upload and a run outlive the departure of a third party, which takes the project back to DRAFT.
    private async Task<(string Project, string Upload, string Run)> PlaceAsync(AccessStates state)
    {
        ProjectStore projects = _host.Store.Projects;
        Project project = await projects.CreateForAsync("study", Owner, Request(StoreIds.Create()), None);
        foreach (AccessRow row in Repeatable())
        {
            IdempotentRequest asked = Idempotency.Of(
                CallerOf(row.Role), $"/{row.Rpc}", KeyOf(row, project.Id), AskedBefore(row, project.Id));
            await projects.InviteOnceAsync(project.Id, "health", asked, None);
        }

        foreach (string party in new[] { "health", "benefits", "police" })
        {
            await projects.InviteOnceAsync(project.Id, party, Request(StoreIds.Create()), None);
        }

        await AgreeAsync(project.Id, "health", "benefits", "police");
        Upload upload = await BeginAsync(_host.Store, project, "health", [1]);
        Segment file = await UploadAsync(_host.Store, project, "benefits", [1, 2, 3]);
        Run run = await QueueAsync(_host.Store, project, file);
        if (state is AccessStates.Linked)
        {
            run = (await _host.Store.Runs.ClaimNextAsync(None))!;
            await FinishAsync(_host.Store, run, [1]);
        }
        else if (state is not AccessStates.Linking)
        {
            await projects.LeaveAsync(project.Id, "police", None);
            await (state switch
            {
                AccessStates.Proposed => projects.ProposeAsync(project.Id, Terms(), None),
                AccessStates.Approved => AgreeAsync(project.Id, "health", "benefits"),
                AccessStates.Deleted => projects.EraseAsync(project.Id, None),
                _ => Task.CompletedTask,
            });
        }
        else
        {
            // Claimed, so that the next project's run is the one that waits.
            await _host.Store.Runs.ClaimNextAsync(None);
        }

        return (project.Id, upload.Id, run.Id);
    }

    private async Task AgreeAsync(string projectId, params string[] parties)
    {
        Project project = await _host.Store.Projects.ProposeAsync(projectId, Terms(), None);
        foreach (string party in parties)
        {
            await _host.Store.Projects.ApproveAsync(projectId, party, project.TermsVersion, None);
        }
    }
}
