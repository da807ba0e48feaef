using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreConcurrencyTests : StoreTestBase
{
    [Fact]
    public async Task Read_WhileOthersWrite_SeesWholeChangesOnly()
    {
        Project project = await AgreedAsync(Store, "health");
        using CancellationTokenSource stop = new();
        Task<int>[] readers =
            [.. Enumerable.Range(0, 3).Select(_ => OnThreadOfItsOwn(() => ReadUntil(project.Id, stop.Token)))];

        for (int version = 2; version <= 20; version++)
        {
            await Store.Projects.ProposeAsync(project.Id, Terms($"l{version}"), None);
            await Store.Projects.ApproveAsync(project.Id, "health", version, None);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), reads => Assert.NotEqual(0, reads));
    }

    [Fact]
    public async Task Upload_ManyAtOnce_KeepsEveryFile()
    {
        Project project = await AgreedAsync(Store, "health");
        byte[][] contents = [.. Enumerable.Range(1, 12).Select(seed => Content(5 * Chunk, seed))];

        Segment[] segments = await Task.WhenAll(
            contents.Select(content => Task.Run(() => UploadAsync(Store, project, "health", content))));

        foreach ((byte[] content, Segment segment) in contents.Zip(segments))
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(Store.Segments.PathOf(segment)));
        }
    }

    [Fact]
    public async Task Write_ChunksOfOneUploadAtOnce_AreAllAcknowledged()
    {
        Project project = await AgreedAsync(Store, "health");
        byte[] content = Content(40 * Chunk, seed: 1);
        Upload upload = await BeginAsync(Store, project, "health", content);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(chunk => Task.Run(async () =>
        {
            await SendAsync(session, content, chunk);
            ByteRanges acknowledged = await session.AcknowledgeAsync(None);
            Assert.True(acknowledged.Covers(new ByteRange(chunk * (long)Chunk, (chunk + 1) * (long)Chunk)));
        })));

        Assert.Equal(content.Length, (await CompleteAsync(Store, upload.Id)).Length);
    }

    [Fact]
    public async Task Create_SameRequestAtOnce_CreatesOneProject()
    {
        Project[] projects = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => Store.Projects.CreateAsync("study", [], Request("1"), None))));

        Assert.Single(projects.Select(project => project.Id).Distinct());
    }

    [Fact]
    public async Task Claim_ManyWorkersAtOnce_GivesEachRunToOne()
    {
        Project project = await AgreedAsync(Store, "health");
        for (int run = 0; run < 5; run++)
        {
            await QueueAsync(Store, project);
        }

        Run?[] claimed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => Store.Runs.ClaimNextAsync(None))));

        Assert.Equal(5, claimed.OfType<Run>().Select(run => run.Id).Distinct().Count());
        Assert.Equal(5, claimed.Count(run => run is null));
    }

    [Fact]
    public async Task Backup_WhileOthersUploadAndWithdraw_CanBeRestored()
    {
        Task<Project>[] writers = [.. Enumerable.Range(0, 4).Select(seed => Task.Run(() => WorkAsync(seed)))];
        for (int number = 0; number < 3; number++)
        {
            string backup = Path.Join(FolderPath, $"backup {number}");
            await Store.Backup.WriteAsync(backup, None);
            await StoreRestore.RunAsync(backup, backup + ".restored", None);
            using UnitStore restored = await OpenAsync(backup + ".restored");
            Assert.Empty(restored.Damage);
        }

        await Task.WhenAll(writers);
    }

    // A reader that never rests would keep the pool's threads from the writer's continuations.
    private static Task<int> OnThreadOfItsOwn(Func<int> read) => Task.Factory.StartNew(
        read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task<Project> WorkAsync(int seed)
    {
        Project project = await AgreedAsync(Store, "health", "benefits");
        for (int file = 0; file < 6; file++)
        {
            await UploadAsync(Store, project, file % 2 == 0 ? "health" : "benefits", Content(3 * Chunk, seed + file));
        }

        await Store.Projects.WithdrawAsync(project.Id, "health", None);
        return project;
    }

    // A version in force always has terms, and its approval is of that version.
    private int ReadUntil(string projectId, CancellationToken stop)
    {
        int reads = 0;
        do
        {
            Project project = Store.Projects.Find(projectId)!;
            Assert.Equal($"l{project.TermsVersion}", project.Terms!.LinkageFingerprint);
            Assert.Equal(project.State == ProjectState.Agreed, project.Parties[0].Approval is not null);
            reads++;
        }
        while (!stop.IsCancellationRequested);

        return reads;
    }
}
