using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Tests.Storage.Support;
using Microsoft.Data.Sqlite;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreRemovalTests : StoreTestBase
{
    private readonly byte[] _content = Content(3 * Chunk, seed: 1);
    private Project _project = null!;
    private Segment _health = null!;
    private Segment _benefits = null!;
    private Run _both = null!;
    private Run _benefitsOnly = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _project = await AgreedAsync(Store, "health", "benefits");
        _health = await UploadAsync(Store, _project, "health", _content);
        _benefits = await UploadAsync(Store, _project, "benefits", _content);
        _both = await RunAsync(_health, _benefits);
        _benefitsOnly = await RunAsync(_benefits);
    }

    [Fact]
    public async Task Withdraw_PartyWithDataAndResults_RemovesThemAndNothingElse()
    {
        Upload open = await BeginAsync(Store, _project, "health", _content);
        Run queued = await QueueAsync(Store, _project, _health);

        await Store.Projects.WithdrawAsync(_project.Id, "health", None);
        await Store.Projects.WithdrawAsync(_project.Id, "health", None);

        Assert.Null(Store.Uploads.Find(open.Id));
        Assert.Null(Store.Segments.Find(_health.Id));
        Assert.Empty(Store.Segments.ListResults(_both.Id));
        Assert.Equal(RunState.Cancelled, Store.Runs.Find(_both.Id)!.Latest.State);
        Assert.Equal(RunState.Cancelled, Store.Runs.Find(queued.Id)!.Latest.State);
        Assert.Equal(RunState.Done, Store.Runs.Find(_benefitsOnly.Id)!.Latest.State);
        Assert.Equal(ExpectedFiles(_benefits, Store.Segments.ListResults(_benefitsOnly.Id)[0]), SegmentFiles());
        Assert.Empty(Files(FolderPath, "uploads"));
        Assert.Equal(ProjectState.Agreed, Store.Projects.Find(_project.Id)!.State);
        await RefusedAsync(StoreRefusal.NotFound, () => BeginAsync(Store, _project, "health", _content));
        await RefusedAsync(StoreRefusal.NotFound, () => QueueAsync(Store, _project, _health));
    }

    [Fact]
    public async Task Withdraw_LastOneNotToHaveApproved_MakesTheRestAgree()
    {
        Project project = await Store.Projects.InviteAsync(_project.Id, "police", None);
        await Store.Projects.ApproveAsync(project.Id, "health", project.TermsVersion, None);
        await Store.Projects.ApproveAsync(project.Id, "benefits", project.TermsVersion, None);

        await Store.Projects.WithdrawAsync(project.Id, "police", None);

        Assert.Equal(ProjectState.Agreed, Store.Projects.Find(project.Id)!.State);
    }

    [Fact]
    public async Task Withdraw_AllParties_LeavesAProjectWithoutFiles()
    {
        await Store.Projects.WithdrawAsync(_project.Id, "health", None);
        await Store.Projects.WithdrawAsync(_project.Id, "benefits", None);

        Assert.Empty(SegmentFiles());
        Assert.All(
            Store.Projects.Find(_project.Id)!.Parties, party => Assert.Equal(PartyState.Withdrawn, party.State));
    }

    [Fact]
    public async Task Delete_Project_LeavesNoRowAndNoFile()
    {
        await BeginAsync(Store, _project, "health", _content);

        await Store.Projects.DeleteAsync(_project.Id, None);

        Assert.Null(Store.Projects.Find(_project.Id));
        Assert.Empty(SegmentFiles());
        Assert.Empty(Files(FolderPath, "uploads"));
        Assert.All(TablesWithRows(), table => Assert.Equal("tokens", table));
    }

    [Fact]
    public async Task Delete_FileOpenForReading_StaysReadableUntilClosed()
    {
        using StoredFile reading = Store.Segments.OpenRead(_health);

        await Store.Projects.DeleteAsync(_project.Id, None);

        Assert.Equal(_content, reading.ReadAll());
    }

    [Fact]
    public async Task Close_Project_EndsItsWorkAndKeepsItsResults()
    {
        Run queued = await QueueAsync(Store, _project, _health);
        Upload open = await BeginAsync(Store, _project, "health", _content);

        await Store.Projects.CloseAsync(_project.Id, None);

        Assert.Equal(RunState.Cancelled, Store.Runs.Find(queued.Id)!.Latest.State);
        Assert.Equal(UploadState.Discarded, Store.Uploads.Find(open.Id)!.State);
        Assert.Single(Store.Segments.ListResults(_both.Id));
        Assert.Null(await Store.Runs.ClaimNextAsync(None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Open_CrashAfterTheMark_FinishesTheRemoval(int filesGone)
    {
        await ReopenAsync(folders =>
        {
            using SqliteConnection connection = new(StoreDatabase.UnpooledString(folders.Database));
            connection.Open();
            connection.Execute("UPDATE projects SET state = 3");
            RemovalRows.MarkAll(connection, _project.Id);
            Array.ForEach(Directory.GetFiles(folders.Segments)[..filesGone], File.Delete);
        });

        Assert.Empty(Store.Damage);
        Assert.Empty(SegmentFiles());
        Assert.Empty(TablesWithRows());
    }

    private async Task<Run> RunAsync(params Segment[] inputs)
    {
        await QueueAsync(Store, _project, inputs);
        return await FinishAsync(Store, (await Store.Runs.ClaimNextAsync(None))!, Content(50, seed: 5));
    }

    private string[] SegmentFiles() => Files(FolderPath, "segments");

    private string[] ExpectedFiles(params Segment[] segments) =>
        [.. segments.Select(segment => Path.GetFileName(Folders.Segment(segment.Id, segment.Kind))).Order()];

    private List<string> TablesWithRows()
    {
        using SqliteConnection connection = new(StoreDatabase.UnpooledString(Folders.Database));
        connection.Open();
        List<string> tables = connection.Query(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            row => row.GetString(0));
        Assert.Contains("projects", tables);
        tables.Remove("deletions"); // what a certificate is still owed for
        return [.. tables.Where(table => connection.Scalar($"SELECT COUNT(*) FROM {table}") > 0)];
    }
}
