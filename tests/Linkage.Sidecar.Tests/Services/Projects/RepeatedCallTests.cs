using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Projects;

public sealed class RepeatedCallTests(EncodedPeople people) : IClassFixture<EncodedPeople>, IAsyncLifetime
{
    private readonly CreateProjectRequest _create = new() { IdempotencyKey = UnitHost.NewKey, Name = "study" };
    private readonly InvitePartyRequest _invite = new() { IdempotencyKey = UnitHost.NewKey, Party = "health" };
    private readonly ProposeTermsRequest _propose = new() { IdempotencyKey = UnitHost.NewKey };
    private readonly StartRunRequest _start = new() { IdempotencyKey = UnitHost.NewKey, Options = new RunOptions() };

    private UnitHost _host = null!;
    private BeginUploadRequest _begin = null!;
    private string _project = null!;
    private string _upload = null!;
    private string _run = null!;

    private LinkageService.LinkageServiceClient Linkage => new(_host.Connect());

    private CallOptions Analyst => _host.As("analyst");

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Repeat_InEveryLaterState_GivesWhatWasMadeAtFirst()
    {
        await ProposeAsync();
        await RepeatAsync(ProjectState.Proposed);
        await ApproveAsync();
        await RepeatAsync(ProjectState.Approved);
        await UploadAsync();
        await RepeatAsync(ProjectState.Approved);
        await RunAsync();
        await RepeatAsync(ProjectState.Linked);
        await _host.Projects().WithdrawPartyAsync(
            new WithdrawPartyRequest { ProjectId = _project, Party = "schools" }, Analyst);
        await RepeatAsync(ProjectState.Draft);
    }

    [Fact]
    public async Task Repeat_AfterDeletion_CreatesNothingAndShowsWhatRemains()
    {
        await ProposeAsync();
        await _host.Projects().DeleteProjectAsync(
            new DeleteProjectRequest { ProjectId = _project, Name = _create.Name }, Analyst);

        Project again = (await _host.Projects().CreateProjectAsync(_create, Analyst)).Project;

        Assert.Equal((_project, ProjectState.Deleted), (again.Id, again.State));
        Assert.Equal(
            (StatusCode.FailedPrecondition, "WRONG_STATE"),
            await UnitHost.RefusalAsync(_host.Projects().InvitePartyAsync(_invite, Analyst)));
        ListProjectsResponse listed = await _host.Projects().ListProjectsAsync(
            new ListProjectsRequest { IncludeDeleted = true }, Analyst);
        Assert.Equal(again.Id, Assert.Single(listed.Projects).Id);
        _create.Name = "another";
        Assert.Equal(
            (StatusCode.AlreadyExists, "IDEMPOTENCY_KEY_REUSED"),
            await UnitHost.RefusalAsync(_host.Projects().CreateProjectAsync(_create, Analyst)));
    }

    [Fact]
    public async Task Repeat_OtherContentInALaterState_IsRefusedAsReused()
    {
        await ProposeAsync();
        await ApproveAsync();
        await UploadAsync();
        await RunAsync();
        (_create.Name, _invite.Party, _begin.ChunkSize) = ("another", "outsider", 131_072);
        _propose.Terms.SmallestCount = 20;
        _start.Options.Seed = 7;

        (StatusCode Code, string Reason)[] refused =
        [
            await UnitHost.RefusalAsync(_host.Projects().CreateProjectAsync(_create, Analyst)),
            await UnitHost.RefusalAsync(_host.Projects().InvitePartyAsync(_invite, Analyst)),
            await UnitHost.RefusalAsync(_host.Projects().ProposeTermsAsync(_propose, Analyst)),
            await UnitHost.RefusalAsync(_host.Exchange().BeginUploadAsync(_begin, _host.As("health"))),
            await UnitHost.RefusalAsync(Linkage.StartRunAsync(_start, Analyst)),
        ];

        Assert.All(refused, one => Assert.Equal((StatusCode.AlreadyExists, "IDEMPOTENCY_KEY_REUSED"), one));
        Assert.Equal(ProjectState.Linked, (await GetAsync()).State);
    }

    private async Task ProposeAsync()
    {
        _project = (await _host.Projects().CreateProjectAsync(_create, Analyst)).Project.Id;
        (_invite.ProjectId, _propose.ProjectId, _start.ProjectId) = (_project, _project, _project);
        foreach (string party in EncodedPeople.Parties.Where(party => party != _invite.Party))
        {
            await _host.Projects().InvitePartyAsync(
                new InvitePartyRequest { IdempotencyKey = UnitHost.NewKey, ProjectId = _project, Party = party },
                Analyst);
        }

        await _host.Projects().InvitePartyAsync(_invite, Analyst);
        _propose.Terms = people.Terms();
        await _host.Projects().ProposeTermsAsync(_propose, Analyst);
    }

    private async Task ApproveAsync()
    {
        ApproveTermsRequest approval = new() { ProjectId = _project, TermsDigest = (await GetAsync()).Terms.Digest };
        foreach (string party in EncodedPeople.Parties)
        {
            await _host.Projects().ApproveTermsAsync(approval, _host.As(party));
        }
    }

    private async Task UploadAsync()
    {
        _begin = people.Announce("health", _project, UnitHost.NewKey);
        _upload = (await _host.Exchange().BeginUploadAsync(_begin, _host.As("health"))).Upload.Id;
        await UnitFlow.SendAsync(_host, "health", EncodedPeople.Chunks(_upload, people.BytesOf("health")));
        await _host.Exchange().CompleteUploadAsync(
            new CompleteUploadRequest { UploadId = _upload }, _host.As("health"));
        foreach (string party in EncodedPeople.Parties.Where(party => party != "health"))
        {
            await UnitFlow.UploadAsync(_host, people, _project, party);
        }
    }

    // Asked for again at once, too: the run is then waiting or at work.
    private async Task RunAsync()
    {
        _run = (await Linkage.StartRunAsync(_start, Analyst)).Run.Id;
        Assert.Equal(_run, (await Linkage.StartRunAsync(_start, Analyst)).Run.Id);
        Assert.Equal(RunState.Succeeded, await UnitFlow.WaitForEndAsync(_host, _run));
    }

    private async Task RepeatAsync(ProjectState state)
    {
        Project before = await GetAsync();
        Project[] projects =
        [
            (await _host.Projects().CreateProjectAsync(_create, Analyst)).Project,
            (await _host.Projects().InvitePartyAsync(_invite, Analyst)).Project,
            (await _host.Projects().ProposeTermsAsync(_propose, Analyst)).Project,
        ];
        Assert.Equal(state, before.State);
        Assert.All(projects, project => Assert.Equal(before, project));
        if (_upload is not null)
        {
            BeginUploadResponse begun = await _host.Exchange().BeginUploadAsync(_begin, _host.As("health"));
            Assert.Equal((_upload, UploadState.Complete), (begun.Upload.Id, begun.Upload.State));
        }

        if (_run is not null)
        {
            Assert.Equal(_run, (await Linkage.StartRunAsync(_start, Analyst)).Run.Id);
            Assert.Single((await Linkage.ListRunsAsync(new ListRunsRequest { ProjectId = _project }, Analyst)).Runs);
        }

        Assert.Equal(before, await GetAsync());
    }

    private async Task<Project> GetAsync() => (await _host.Projects().GetProjectAsync(
        new GetProjectRequest { ProjectId = _project }, Analyst)).Project;
}
