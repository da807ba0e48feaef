using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Services.Lookup;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Synthetic;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Tests.Storage;

/// <summary>What a copy of the store at every step is worth: a process that was killed there leaves the same.</summary>
public sealed class ErasureStoreTests(RunPeople people) : IClassFixture<RunPeople>, IAsyncLifetime, IDisposable
{
    private const string Party = "schools";

    private readonly TemporaryFolder _copies = new();
    private RunBench _bench = null!;
    private string _run = null!;

    private string Gone => people.EncodedHandlesOf(Party)[0];

    public async Task InitializeAsync()
    {
        (_bench, _run) = await RunBench.LinkAsync(people, OutputType.LinkIds, isEncrypted: true);
        await _bench.StopQueueAsync();
        await using LookupServer server = await LookupServer.StartAsync(_bench);
        await RemovedRecordTests.RemoveAsync(server, _bench, Party, Gone);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _copies.Dispose();

    [Fact]
    public async Task Open_AfterAKillBeforeTheFilesHaveTheirNames_HasTheOldOnesAndCanErase()
    {
        using (ErasureDraft? draft = await _bench.Store.Erasure.PrepareAsync(_bench.Project.Id, null, StoreTest.None))
        {
            Assert.Equal(2, draft!.Files.Count); // the encoded file, and the run's link ids
            using UnitStore store = await OpenCopyAsync();

            await AssertHasAsync(store, hasRecord: true);
            Assert.True(await store.Erasure.EraseAsync(_bench.Project.Id, null, StoreTest.None));
            await AssertHasAsync(store, hasRecord: false);
        }

        Assert.Empty(StoreTest.Files(_bench.Folder, "uploads")); // given up, it leaves nothing
        await AssertHasAsync(_bench.Store, hasRecord: true);
    }

    [Fact]
    public async Task Open_AfterAKillBeforeTheRow_HasTheOldFiles()
    {
        using ErasureDraft? draft = await _bench.Store.Erasure.PrepareAsync(_bench.Project.Id, null, StoreTest.None);
        string copy = Copy();
        StoreFolders folders = new(copy);
        foreach ((_, FileDraft file, Segment fresh) in draft!.Files)
        {
            SegmentFiles.Publish(folders.Part(file.Id), folders.Segment(file.Id, fresh.Kind), folders);
        }

        using UnitStore store = await _bench.OpenStoreAsync(copy);

        await AssertHasAsync(store, hasRecord: true);
    }

    [Fact]
    public async Task Open_AfterAKillBeforeTheOldFilesWent_HasTheNewOnesAndNoByteOfTheOld()
    {
        Segment old = FileOf(_bench.Store);
        Canary canary = new Canary().Add(await File.ReadAllBytesAsync(_bench.Store.Segments.PathOf(old)));
        using ErasureDraft? draft = await _bench.Store.Erasure.PrepareAsync(_bench.Project.Id, null, StoreTest.None);
        Assert.True(await _bench.Store.Erasure.CommitAsync(draft!, null));
        string copy = Copy();
        Assert.NotEmpty(canary.FindIn(copy));

        using UnitStore store = await _bench.OpenStoreAsync(copy);

        await AssertHasAsync(store, hasRecord: false);
        Assert.Empty(canary.FindIn(copy));
        Assert.Equal(2, store.Retention.ListUncertified().Single().Files.Count);
    }

    [Fact]
    public async Task Commit_WhenAFileHasGoneMeanwhile_ChangesNothing()
    {
        using ErasureDraft? draft = await _bench.Store.Erasure.PrepareAsync(_bench.Project.Id, null, StoreTest.None);
        Segment file = FileOf(_bench.Store);
        await _bench.Store.Uploads.RemoveAsync(file.Id, StoreTest.None);
        int before = StoreTest.Files(_bench.Folder, "segments").Length;

        Assert.False(await _bench.Store.Erasure.CommitAsync(draft!, null));

        Assert.Equal(before, StoreTest.Files(_bench.Folder, "segments").Length);
        Assert.Null(_bench.Store.Segments.Find(file.Id));
    }

    [Fact]
    public async Task Commit_WhenARunWaits_ChangesNothing()
    {
        using ErasureDraft? draft = await _bench.Store.Erasure.PrepareAsync(_bench.Project.Id, null, StoreTest.None);
        string run = await _bench.StartAsync();

        Assert.False(await _bench.Store.Erasure.CommitAsync(draft!, null));
        await AssertHasAsync(_bench.Store, hasRecord: true);

        await _bench.StartQueueAsync();
        Assert.Equal(RunState.Done, (await _bench.WaitForEndAsync(run)).Latest.State);
        await AssertHasAsync(_bench.Store, hasRecord: false);
    }

    [Fact]
    public async Task Erase_Cancelled_LeavesNoTrace()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bench.Store.Erasure.EraseAsync(_bench.Project.Id, null, cancelled.Token));

        Assert.Empty(StoreTest.Files(_bench.Folder, "uploads"));
        await AssertHasAsync(_bench.Store, hasRecord: true);
    }

    [Fact]
    public async Task Erase_TwiceWithFurtherRemovals_KeepsWhatIsLeft()
    {
        await _bench.Store.Erasure.EraseAsync(_bench.Project.Id, null, StoreTest.None);
        await using (LookupServer server = await LookupServer.StartAsync(_bench))
        {
            await RemovedRecordTests.RemoveAsync(server, _bench, Party, people.EncodedHandlesOf(Party)[1]);
        }

        Assert.True(await _bench.Store.Erasure.EraseAsync(_bench.Project.Id, null, StoreTest.None));

        await AssertHasAsync(_bench.Store, hasRecord: false, gone: 2);
        Assert.Equal(
            _bench.Store.Segments.ListEncodings(_bench.Project.Id, null).Count,
            StoreTest.Files(_bench.Folder, "segments").Count(name => name.EndsWith(".lke", StringComparison.Ordinal)));
        string backup = Path.Join(_copies.Path, "backup");
        await _bench.Store.Backup.WriteAsync(backup, StoreTest.None);
        await StoreRestore.RunAsync(backup, Path.Join(_copies.Path, "restored"), StoreTest.None);
        using UnitStore restored = await _bench.OpenStoreAsync(Path.Join(_copies.Path, "restored"));
        await AssertHasAsync(restored, hasRecord: false, gone: 2);
    }

    [Fact]
    public async Task Erase_ProjectDeletedAfterwards_LeavesNeitherFilesNorKeys()
    {
        await _bench.Store.Erasure.EraseAsync(_bench.Project.Id, null, StoreTest.None);

        await _bench.Store.Projects.EraseAsync(_bench.Project.Id, StoreTest.None);

        Assert.Empty(StoreTest.Files(_bench.Folder, "segments"));
        using SqliteConnection connection = new(
            StoreDatabase.UnpooledString(new StoreFolders(_bench.Folder).Database));
        connection.Open();
        Assert.Equal(0, connection.Scalar("SELECT COUNT(*) FROM file_keys"));
        Assert.Equal(0, connection.Scalar("SELECT COUNT(*) FROM replaced_files"));
    }

    [Fact]
    public async Task Erase_StoreThatKeptRemovedAdditionsInTheirFiles_ErasesThemToo()
    {
        SyntheticRecord[] strangers =
        [
            .. new PeopleGenerator(new PeopleOptions { PeoplePerAgency = 2, Agencies = 1, Seed = 977 })
                .Records(0).Take(2),
        ];
        (byte[] content, IReadOnlyList<string> handles) = people.Encode(Party, strangers);
        await using (LookupServer server = await LookupServer.StartAsync(_bench))
        {
            await server.Client.AddRecordsAsync(server.Add(content), LookupServer.As(Party));
        }

        // As it was left before records went out of their files with the call.
        using (SqliteConnection connection = new(
            StoreDatabase.UnpooledString(new StoreFolders(_bench.Folder).Database)))
        {
            connection.Open();
            connection.Execute(
                "INSERT INTO removed_records (segment_id, handle, removed_at) VALUES ($segment, $handle, 0)",
                ("$segment", FileOf(_bench.Store).Id),
                ("$handle", Convert.FromHexString(handles[0])));
        }

        Assert.True(await _bench.Store.Erasure.EraseAsync(_bench.Project.Id, null, StoreTest.None));

        AddedFile left = Assert.Single(_bench.Store.Added.Load(_bench.Project.Id, _run).Added);
        using var file = EncodedFile.Read(left.Content.Span, "left");
        Assert.Equal(handles[1], Convert.ToHexStringLower(file.Merge.Handle(0)));
        Assert.Equal(1, file.Merge.RecordCount);
    }

    private static Segment FileOf(UnitStore store) =>
        store.Segments.ListEncodings(store.Retention.ProjectIds().Single(), Party).Single();

    private async Task<UnitStore> OpenCopyAsync() => await _bench.OpenStoreAsync(Copy());

    private string Copy()
    {
        string target = Path.Join(_copies.Path, StoreIds.Create());
        foreach (string path in Directory.EnumerateFiles(_bench.Folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "store.lock"))
        {
            string to = Path.Join(target, Path.GetRelativePath(_bench.Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(path, to);
        }

        return target;
    }

    // Whichever files there are, they are whole, fit each other, and no other is there.
    private async Task AssertHasAsync(UnitStore store, bool hasRecord, int gone = 1)
    {
        Assert.Empty(store.Damage);
        Assert.Equal(hasRecord ? 1 : 0, store.Erasure.ListDue(DateTimeOffset.MaxValue).Count);
        int records = 0;
        foreach (Segment input in store.Runs.ListInputs(_run))
        {
            await store.Segments.VerifyAsync(input, StoreTest.None);
            using EncodedFile file = store.Segments.OpenEncoded(input);
            records += file.Header.RecordCount;
            int left = people.HandlesOf(input.Party!).Count - (input.Party == Party && !hasRecord ? gone : 0);
            Assert.Equal(left, file.Header.RecordCount);
        }

        Segment links = store.Segments.ListResults(_run).Single(result => result.Name == AddedStore.LinksResult);
        await store.Segments.VerifyAsync(links, StoreTest.None);
        Assert.Equal(16 * records, links.Length);
    }
}
