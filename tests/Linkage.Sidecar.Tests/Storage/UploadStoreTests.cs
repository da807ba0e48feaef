using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class UploadStoreTests : StoreTestBase
{
    private readonly byte[] _content = Content((5 * Chunk) + 9, seed: 1);
    private Project _project = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _project = await AgreedAsync(Store, "health", "benefits");
    }

    [Fact]
    public async Task Complete_ChunksInAnyOrder_KeepsTheFile()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(session, _content, 5, 0, 3);
        await session.AcknowledgeAsync(None);
        await SendAsync(session, _content, 1, 4, 2);
        ByteRanges acknowledged = await session.AcknowledgeAsync(None);

        Segment segment = await CompleteAsync(Store, upload.Id);

        Assert.Equal([new ByteRange(0, _content.Length)], acknowledged.Ranges);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Store.Segments.PathOf(segment)));
        Assert.Equal(("health", upload.Id, 1), (segment.Party, segment.Id, segment.TermsVersion));
        Assert.Equal(UploadState.Complete, Store.Uploads.Find(upload.Id)!.State);
        Assert.Empty(Files(FolderPath, "uploads"));
        Assert.Equal([segment.Id], Store.Segments.ListEncodings(_project.Id, "health").Select(one => one.Id));
        Assert.Empty(Store.Segments.ListEncodings(_project.Id, "benefits"));
    }

    [Fact]
    public async Task Acknowledge_EveryOtherChunkThenTheRest_JoinsThem()
    {
        byte[] content = Content(41 * Chunk, seed: 2);
        Upload upload = await BeginAsync(Store, _project, "health", content);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);

        await SendAsync(session, content, [.. Enumerable.Range(0, 21).Select(chunk => 2 * chunk)]);
        ByteRanges islands = await session.AcknowledgeAsync(None);
        await SendAsync(session, content, 5, 1, 3, 39);
        ByteRanges joined = await session.AcknowledgeAsync(None);

        Assert.Equal(21, islands.Ranges.Count);
        Assert.Equal(new ByteRange(0, 7 * Chunk), joined.Ranges[0]);
        Assert.Equal(new ByteRange(38 * Chunk, 41 * Chunk), joined.Ranges[^1]);
        Assert.Equal(17, joined.Ranges.Count);
        Assert.Equal(joined.Ranges, Store.Uploads.Find(upload.Id)!.Acknowledged.Ranges);
    }

    [Fact]
    public async Task Complete_Repeated_GivesTheSameSegment()
    {
        Segment segment = await UploadAsync(Store, _project, "health", _content);

        Assert.Equal(segment.Id, (await CompleteAsync(Store, segment.Id)).Id);
        await RefusedAsync(StoreRefusal.WrongState, () => Store.Uploads.OpenAsync(segment.Id, None));
        await RefusedAsync(StoreRefusal.WrongState, () => Store.Uploads.DiscardAsync(segment.Id, None));
    }

    [Fact]
    public async Task Complete_ChunkMissing_IsRefusedAndCanBeResumed()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(session, _content, 0, 1, 2, 4, 5);
        await session.AcknowledgeAsync(None);

        await RefusedAsync(StoreRefusal.Incomplete, () => CompleteAsync(Store, upload.Id));
        await using UploadSession resumed = await Store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(resumed, _content, 3);
        await resumed.AcknowledgeAsync(None);

        Assert.Equal(_content.Length, (await CompleteAsync(Store, upload.Id)).Length);
    }

    [Fact]
    public async Task Complete_WrongChecksum_DiscardsTheUpload()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await SendAllAsync(upload.Id, Content(_content.Length, seed: 2));

        await RefusedAsync(StoreRefusal.ChecksumMismatch, () => CompleteAsync(Store, upload.Id));

        Assert.Equal(UploadState.Discarded, Store.Uploads.Find(upload.Id)!.State);
        Assert.Empty(Files(FolderPath, "uploads"));
        Assert.Empty(Store.Segments.ListEncodings(_project.Id, null));
    }

    [Fact]
    public async Task Complete_WrongChecksumAndInspectionThrows_IsRefusedForTheChecksum()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await SendAllAsync(upload.Id, Content(_content.Length, seed: 2));

        await RefusedAsync(StoreRefusal.ChecksumMismatch, () => Store.Uploads.CompleteAsync(
            upload.Id, (_, _) => throw new FormatException(), None));

        Assert.Equal(UploadState.Discarded, Store.Uploads.Find(upload.Id)!.State);
    }

    [Fact]
    public async Task Complete_InspectionThrows_LeavesTheUploadAsItWas()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await SendAllAsync(upload.Id, _content);

        await Assert.ThrowsAsync<FormatException>(() => Store.Uploads.CompleteAsync(
            upload.Id, (_, _) => throw new FormatException(), None));

        Assert.Equal(UploadState.Receiving, Store.Uploads.Find(upload.Id)!.State);
        Assert.Equal(upload.Id, (await CompleteAsync(Store, upload.Id)).Id);
    }

    [Fact]
    public async Task Complete_PartyWithdrawsMeanwhile_KeepsNothing()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await SendAllAsync(upload.Id, _content);

        await RefusedAsync(StoreRefusal.NotFound, () => Store.Uploads.CompleteAsync(
            upload.Id, (_, _) => WithdrawButKeepTheFileAsync(upload.Id), None));

        Assert.Empty(Files(FolderPath, "segments"));
    }

    [Fact]
    public async Task Complete_WhileBeingCompleted_IsRefused()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await SendAllAsync(upload.Id, _content);

        await Store.Uploads.CompleteAsync(
            upload.Id,
            async (_, _) =>
            {
                await RefusedAsync(StoreRefusal.Superseded, () => CompleteAsync(Store, upload.Id));
                await RefusedAsync(StoreRefusal.Superseded, () => Store.Uploads.OpenAsync(upload.Id, None));
            },
            None);
    }

    [Fact]
    public async Task Begin_SameRequestTwice_GivesOneUpload()
    {
        Upload[] both = new Upload[2];
        for (int time = 0; time < 2; time++)
        {
            both[time] = await Store.Uploads.BeginAsync(_project.Id, "health", PlanOf(_content), Request("u"), None);
        }

        Assert.Equal(both[0].Id, both[1].Id);
        Assert.Single(Files(FolderPath, "uploads"));
        Assert.Single(Store.Uploads.Page(_project.Id, "health", ListCursor.Start, 10));
    }

    [Fact]
    public async Task Begin_ProjectNotAgreedOrNotItsParty_IsRefusedWithoutTrace()
    {
        Project proposed = await Store.Projects.CreateAsync("other", ["health"], Request("p"), None);

        await RefusedAsync(StoreRefusal.WrongState, () => BeginAsync(Store, proposed, "health", _content));
        await RefusedAsync(StoreRefusal.NotFound, () => BeginAsync(Store, _project, "police", _content));
        Assert.Empty(Files(FolderPath, "uploads"));
    }

    [Theory]
    [InlineData(0, 32, Chunk)]
    [InlineData(1, 31, Chunk)]
    [InlineData(1, 32, Chunk - 1)]
    [InlineData(1, 32, UploadPlan.MaxChunkLength + 1)]
    public async Task Begin_PlanOutOfRange_IsRefused(long length, int checksumLength, int chunkLength)
    {
        UploadPlan plan = new("x.lke", length, new byte[checksumLength], chunkLength);

        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Store.Uploads.BeginAsync(_project.Id, "health", plan, Request("u"), None));
    }

    [Theory]
    [InlineData(1, Chunk)]
    [InlineData(-Chunk, Chunk)]
    [InlineData(0, Chunk - 1)]
    [InlineData(5 * Chunk, Chunk)]
    [InlineData(6 * Chunk, 9)]
    [InlineData(long.MaxValue - Chunk, Chunk)]
    public async Task Write_ChunkNotOnTheGrid_IsRefused(long offset, int length)
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);

        await RefusedAsync(StoreRefusal.WrongChunk, () => session.WriteAsync(offset, new byte[length], None));
    }

    [Fact]
    public async Task Write_AcknowledgedChunkAgain_IsComparedAndNeverChanged()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(session, _content, 0, 1, 5);
        await session.AcknowledgeAsync(None);
        await SendAsync(session, _content, 1, 5);
        byte[] altered = [.. _content];
        altered[Chunk] ^= 1;

        await RefusedAsync(StoreRefusal.AlteredChunk, () => SendAsync(session, altered, 1));

        byte[] part = await File.ReadAllBytesAsync(Folders.Part(upload.Id));
        Assert.Equal(_content.AsSpan(0, 2 * Chunk), part.AsSpan(0, 2 * Chunk));
    }

    [Fact]
    public async Task Open_SessionOpenAlready_TakesOver()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using UploadSession older = await Store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(older, _content, 0);

        await using UploadSession newer = await Store.Uploads.OpenAsync(upload.Id, None);

        await RefusedAsync(StoreRefusal.Superseded, () => older.AcknowledgeAsync(None));
        await RefusedAsync(StoreRefusal.Superseded, () => SendAsync(older, _content, 1));
        Assert.Empty((await newer.AcknowledgeAsync(None)).Ranges);
    }

    [Fact]
    public async Task Acknowledge_UploadDiscarded_IsRefused()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(session, _content, 0);

        await Store.Uploads.DiscardAsync(upload.Id, None);
        await Store.Uploads.DiscardAsync(upload.Id, None);

        await RefusedAsync(StoreRefusal.WrongState, () => session.AcknowledgeAsync(None));
        Assert.Empty(Files(FolderPath, "uploads"));
    }

    [Fact]
    public async Task Write_WindowFull_AsksForAnAcknowledgement()
    {
        byte[] content = new byte[2 * (int)UploadSession.Window];
        UploadPlan plan = PlanOf(content) with { ChunkLength = (int)UploadSession.Window / 2 };
        Upload upload = await Store.Uploads.BeginAsync(_project.Id, "health", plan, Request("u"), None);
        await using UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None);

        Assert.False(await session.WriteAsync(0, content.AsMemory(0, plan.ChunkLength), None));
        Assert.True(await session.WriteAsync(plan.ChunkLength, content.AsMemory(0, plan.ChunkLength), None));
        await session.AcknowledgeAsync(None);
        Assert.False(await session.WriteAsync(2L * plan.ChunkLength, content.AsMemory(0, plan.ChunkLength), None));
    }

    [Fact]
    public async Task Write_DiskFull_AcknowledgesNothingAndCanBeResumed()
    {
        if (!File.Exists("/dev/full"))
        {
            return; // the system has no device that is always full
        }

        Upload upload = await BeginAsync(Store, _project, "health", _content);
        string part = Folders.Part(upload.Id);
        File.Move(part, part + ".aside");
        File.CreateSymbolicLink(part, "/dev/full");
        await using (UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None))
        {
            await Assert.ThrowsAsync<IOException>(() => SendAsync(session, _content, 0));
            await RefusedAsync(StoreRefusal.Superseded, () => session.AcknowledgeAsync(None));
        }

        Assert.Empty(Store.Uploads.Find(upload.Id)!.Acknowledged.Ranges);
        File.Move(part + ".aside", part, overwrite: true);
        await SendAllAsync(upload.Id, _content);
        Assert.Equal(_content.Length, (await CompleteAsync(Store, upload.Id)).Length);
    }

    [Fact]
    public async Task Store_Files_AreReadableByTheirOwnerOnly()
    {
        await UploadAsync(Store, _project, "health", _content);
        await BeginAsync(Store, _project, "health", _content);

        string[] files = Directory.GetFiles(FolderPath, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(FileRules.OwnerFile, ModeOf(file)));
        Assert.All(
            (string[])[FolderPath, Folders.Uploads, Folders.Segments],
            folder => Assert.Equal(FileRules.OwnerFile | UnixFileMode.UserExecute, ModeOf(folder)));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException()
        : File.GetUnixFileMode(path);

    private async Task SendAllAsync(string uploadId, byte[] content)
    {
        await using UploadSession session = await Store.Uploads.OpenAsync(uploadId, None);
        await SendAsync(session, content, [.. Enumerable.Range(0, ChunksOf(content))]);
        await session.AcknowledgeAsync(None);
    }

    // As when the withdrawal comes after the last look at the file and before it gets its name.
    private async Task WithdrawButKeepTheFileAsync(string uploadId)
    {
        string part = Folders.Part(uploadId);
        File.Copy(part, part + ".aside");
        await Store.Projects.WithdrawAsync(_project.Id, "health", None);
        File.Move(part + ".aside", part);
    }
}
