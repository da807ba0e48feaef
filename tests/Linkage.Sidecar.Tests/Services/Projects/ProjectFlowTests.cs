using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Projects;

public sealed class ProjectFlowTests(EncodedPeople people) : IClassFixture<EncodedPeople>, IAsyncLifetime
{
    private UnitHost _host = null!;

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Create_SameKey_GivesTheSameProjectAndAnotherRequestIsRefused()
    {
        CreateProjectRequest request = new() { IdempotencyKey = UnitHost.NewKey, Name = "study" };
        Project first = (await _host.Projects().CreateProjectAsync(request, _host.As("analyst"))).Project;
        Project again = (await _host.Projects().CreateProjectAsync(request, _host.As("analyst"))).Project;
        request.Name = "another";

        Assert.Equal(first, again);
        Assert.Equal(
            (StatusCode.AlreadyExists, "IDEMPOTENCY_KEY_REUSED"),
            await UnitHost.RefusalAsync(_host.Projects().CreateProjectAsync(request, _host.As("analyst"))));
    }

    [Fact]
    public async Task Approve_OtherTermsThanProposed_IsRefusedAndTheRightOnesAgree()
    {
        Project project = await UnitFlow.ProposeAsync(_host, people);
        ApproveTermsRequest approval = new() { ProjectId = project.Id, TermsDigest = new string('0', 64) };

        (StatusCode Code, string Reason) refused = await UnitHost.RefusalAsync(
            _host.Projects().ApproveTermsAsync(approval, _host.As("health")));
        approval.TermsDigest = project.Terms.Digest;
        List<ProjectState> states = [];
        foreach (string party in EncodedPeople.Parties)
        {
            states.Add((await _host.Projects().ApproveTermsAsync(approval, _host.As(party))).Project.State);
        }

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Equal([ProjectState.Proposed, ProjectState.Proposed, ProjectState.Approved], states);
    }

    [Fact]
    public async Task Propose_WrongFields_NamesAllOfThemAndNoValue()
    {
        Project project = await UnitFlow.CreateAsync(_host);
        Terms terms = people.Terms();
        (terms.KeyId, terms.SmallestCount, terms.Digest) = ("canary", 3, "canary");
        ProposeTermsRequest request = new() { IdempotencyKey = UnitHost.NewKey, ProjectId = project.Id, Terms = terms };

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Projects().ProposeTermsAsync(request, _host.As("analyst")));

        string details = System.Text.Encoding.UTF8.GetString(
            refused.Trailers.GetValueBytes("grpc-status-details-bin")!);
        Assert.All(
            ["terms.key_id", "terms.smallest_count", "terms.digest"],
            field => Assert.Contains(field, details, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraw_Party_TakesItsFilesAndTheTermsAway()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        Upload gone = (await UnitFlow.UploadAsync(_host, people, project.Id, "health")).Upload;
        Upload kept = (await UnitFlow.UploadAsync(_host, people, project.Id, "benefits")).Upload;
        WithdrawPartyRequest request = new() { ProjectId = project.Id, Party = "health" };

        (StatusCode Code, string Reason) another = await UnitHost.RefusalAsync(
            _host.Projects().WithdrawPartyAsync(request, _host.As("benefits")));
        Project left = (await _host.Projects().WithdrawPartyAsync(request, _host.As("health"))).Project;
        Project again = (await _host.Projects().WithdrawPartyAsync(request, _host.As("health"))).Project;
        Project seen = (await _host.Projects().GetProjectAsync(
            new GetProjectRequest { ProjectId = project.Id }, _host.As("benefits"))).Project;

        Assert.Equal((StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED"), another);
        Assert.Equal((ProjectState.Draft, ProjectState.Draft), (left.State, again.State));
        Assert.Empty(left.Parties);
        Assert.Null(seen.Terms);
        Assert.Equal(PartyState.Withdrawn, seen.Parties.Single(party => party.Party == "health").State);
        Assert.Null(_host.Store.Segments.Find(gone.Id));
        Assert.NotNull(_host.Store.Segments.Find(kept.Id));
    }

    [Fact]
    public async Task Delete_Project_LeavesNameAndTimesForItsMembersOnly()
    {
        Project project = await UnitFlow.AgreeAsync(_host, people);
        await UnitFlow.UploadAsync(_host, people, project.Id, "health");
        DeleteProjectRequest request = new() { ProjectId = project.Id, Name = "something else" };

        (StatusCode Code, string Reason) guarded = await UnitHost.RefusalAsync(
            _host.Projects().DeleteProjectAsync(request, _host.As("analyst")));
        request.Name = project.Name;
        await _host.Projects().DeleteProjectAsync(request, _host.As("analyst"));
        Project left = (await _host.Projects().DeleteProjectAsync(request, _host.As("analyst"))).Project;
        Project seen = (await _host.Projects().GetProjectAsync(
            new GetProjectRequest { ProjectId = project.Id }, _host.As("health"))).Project;

        Assert.Equal((StatusCode.InvalidArgument, "BAD_FIELDS"), guarded);
        Assert.Equal(ProjectState.Deleted, left.State);
        Assert.Equal(left, seen);
        Assert.NotNull(left.DeleteTime);
        Assert.Null(left.Terms);
        Assert.Empty(_host.Store.Segments.ListEncodings(project.Id, null));
        Assert.Equal(
            (StatusCode.NotFound, "UNKNOWN_RESOURCE"),
            await UnitHost.RefusalAsync(_host.Projects().GetProjectAsync(
                new GetProjectRequest { ProjectId = project.Id }, _host.As("outsider"))));
    }

    [Fact]
    public async Task List_Pages_GoThroughOwnProjectsInOrderWithoutTexts()
    {
        List<string> made = [];
        for (int number = 0; number < 5; number++)
        {
            made.Add((await UnitFlow.CreateAsync(_host, $"study {number}")).Id);
        }

        List<Project> listed = [];
        ListProjectsRequest ask = new() { PageSize = 2 };
        do
        {
            ListProjectsResponse page = await _host.Projects().ListProjectsAsync(ask, _host.As("analyst"));
            listed.AddRange(page.Projects);
            ask.PageToken = page.NextPageToken;
        }
        while (ask.PageToken.Length > 0);

        Assert.Equal(made.Order(), listed.Select(project => project.Id).Order());
        Assert.Empty((await _host.Projects().ListProjectsAsync(
            new ListProjectsRequest(), _host.As("health"))).Projects);
    }
}
