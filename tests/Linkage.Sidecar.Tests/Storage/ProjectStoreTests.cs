using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class ProjectStoreTests : StoreTestBase
{
    private ProjectStore Projects => Store.Projects;

    [Fact]
    public async Task Create_SameRequestTwice_CreatesOneProject()
    {
        Project first = await Projects.CreateAsync("study", ["health"], Request("1"), None);
        Project second = await Projects.CreateAsync("study", ["health"], Request("1"), None);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(32, first.Id.Length);
        Assert.Single(Page(null, 10));
    }

    [Fact]
    public async Task Create_KeyUsedForAnotherContent_IsRefused()
    {
        await Projects.CreateAsync("study", [], Request("1", "one"), None);

        await RefusedAsync(
            StoreRefusal.KeyReused, () => Projects.CreateAsync("study", [], Request("1", "other"), None));
        Assert.Single(Page(null, 10));
    }

    [Fact]
    public async Task Create_SameKeyOfAnotherCaller_CreatesAnother()
    {
        await Projects.CreateAsync("study", [], Request("1", caller: "a"), None);
        await Projects.CreateAsync("study", [], Request("1", caller: "b"), None);

        Assert.Equal(2, Page(null, 10).Count);
    }

    [Fact]
    public async Task Approve_LastParty_MakesTheProjectAgreed()
    {
        Project project = await Projects.CreateAsync("study", ["health", "benefits"], Request("1"), None);
        project = await Projects.ProposeAsync(project.Id, Terms(), None);

        Project one = await Projects.ApproveAsync(project.Id, "health", 1, None);
        Project both = await Projects.ApproveAsync(project.Id, "benefits", 1, None);

        Assert.Equal(ProjectState.Proposed, one.State);
        Assert.Equal(ProjectState.Agreed, both.State);
        Assert.All(both.Parties, party => Assert.Equal(PartyState.Active, party.State));
        Assert.All(both.Parties, party => Assert.Equal(1, party.Approval!.TermsVersion));
    }

    [Fact]
    public async Task Approve_TermsNotInForce_IsRefused()
    {
        Project project = await AgreedAsync(Store, "health");
        await Projects.ProposeAsync(project.Id, Terms("l2"), None);

        await RefusedAsync(StoreRefusal.Stale, () => Projects.ApproveAsync(project.Id, "health", 1, None));
        await RefusedAsync(StoreRefusal.Stale, () => Projects.ApproveAsync(project.Id, "health", 3, None));
    }

    [Fact]
    public async Task Approve_BeforeAnyTerms_IsRefused()
    {
        Project project = await Projects.CreateAsync("study", ["health"], Request("1"), None);

        await RefusedAsync(StoreRefusal.Stale, () => Projects.ApproveAsync(project.Id, "health", 0, None));
    }

    [Fact]
    public async Task Propose_NewTerms_TakeTheAgreementBack()
    {
        Project project = await AgreedAsync(Store, "health");

        Project changed = await Projects.ProposeAsync(project.Id, Terms("l2"), None);

        Assert.Equal((ProjectState.Proposed, 2), (changed.State, changed.TermsVersion));
        Assert.Equal("l2", changed.Terms!.LinkageFingerprint);
        Assert.Null(Assert.Single(changed.Parties).Approval);
    }

    [Fact]
    public async Task Propose_TermsInForce_ChangeNothing()
    {
        Project project = await AgreedAsync(Store, "health");

        Assert.Equal(ProjectState.Agreed, (await Projects.ProposeAsync(project.Id, Terms(), None)).State);
    }

    [Fact]
    public async Task Invite_NewParty_AsksEveryoneAgain()
    {
        Project project = await AgreedAsync(Store, "health");

        Project larger = await Projects.InviteAsync(project.Id, "benefits", None);

        Assert.Equal((ProjectState.Proposed, 2), (larger.State, larger.TermsVersion));
        Assert.All(larger.Parties, party => Assert.Null(party.Approval));
        await RefusedAsync(StoreRefusal.Stale, () => Projects.ApproveAsync(project.Id, "health", 1, None));
    }

    [Fact]
    public async Task Invite_WithdrawnParty_IsRefused()
    {
        Project project = await AgreedAsync(Store, "health", "benefits");
        await Projects.WithdrawAsync(project.Id, "health", None);

        await RefusedAsync(StoreRefusal.WrongState, () => Projects.InviteAsync(project.Id, "health", None));
        await RefusedAsync(StoreRefusal.NotFound, () => Projects.ApproveAsync(project.Id, "health", 1, None));
    }

    [Fact]
    public async Task Change_ClosedProject_IsRefused()
    {
        Project project = await AgreedAsync(Store, "health");
        await Projects.CloseAsync(project.Id, None);

        await RefusedAsync(StoreRefusal.WrongState, () => Projects.ProposeAsync(project.Id, Terms("l2"), None));
        await RefusedAsync(StoreRefusal.WrongState, () => Projects.InviteAsync(project.Id, "benefits", None));
        await RefusedAsync(StoreRefusal.WrongState, () => Projects.ApproveAsync(project.Id, "health", 1, None));
        await RefusedAsync(StoreRefusal.WrongState, () => BeginAsync(Store, project, "health", [1]));
        Assert.Equal(ProjectState.Closed, (await Projects.CloseAsync(project.Id, None)).State);
    }

    [Fact]
    public async Task Change_UnknownProject_IsRefused()
    {
        string id = StoreIds.Create();

        Assert.Null(Projects.Find(id));
        await RefusedAsync(StoreRefusal.NotFound, () => Projects.ProposeAsync(id, Terms(), None));
        await RefusedAsync(StoreRefusal.NotFound, () => Projects.DeleteAsync(id, None));
    }

    [Fact]
    public async Task List_ByParty_ShowsItsOwnProjectsInPages()
    {
        for (int number = 0; number < 5; number++)
        {
            await AgreedAsync(Store, "health", "benefits");
        }

        await AgreedAsync(Store, "benefits");
        IReadOnlyList<Project> first = Page("health", 3);
        IReadOnlyList<Project> second = Page("health", 3, first[^1]);

        Assert.Equal((3, 2), (first.Count, second.Count));
        Assert.Equal(5, first.Concat(second).Select(project => project.Id).Distinct().Count());
        await Projects.WithdrawAsync(first[0].Id, "health", None);
        Assert.Equal(4, Page("health", 10).Count);
    }

    [Fact]
    public async Task Change_CancelledBeforeItBegins_ChangesNothing()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Projects.CreateAsync("study", [], Request("1"), cancelled.Token));
        Assert.Empty(Page(null, 10));
    }

    private IReadOnlyList<Project> Page(string? party, int limit, Project? after = null) => Projects.Page(
        new ProjectFilter(party, Creator: null, WithDeleted: false),
        after is null ? ListCursor.Start : ListCursor.After(after.CreatedAt, after.Id),
        limit);
}
