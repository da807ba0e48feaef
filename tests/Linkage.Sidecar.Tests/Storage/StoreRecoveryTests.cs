using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreRecoveryTests : StoreTestBase
{
    private readonly byte[] _content = Content(2 * Chunk, seed: 1);
    private Project _project = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _project = await AgreedAsync(Store, "health");
    }

    [Fact]
    public async Task Open_FilesWithoutRows_AreSwept()
    {
        await ReopenAsync(folders =>
        {
            File.WriteAllText(folders.Part(StoreIds.Create()), "x");
            File.WriteAllText(folders.Segment(StoreIds.Create(), SegmentKind.Encoding), "x");
            File.WriteAllText(folders.Segment(StoreIds.Create(), SegmentKind.Pairs), "x");
            File.WriteAllText(Path.Join(folders.Segments, "not-ours.lke"), "x");
        });

        Assert.Equal(["not-ours.lke"], Files(FolderPath, "segments"));
        Assert.Empty(Files(FolderPath, "uploads"));
    }

    [Fact]
    public async Task Open_CrashBetweenNameAndRow_GivesTheAcknowledgedBytesBack()
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using (UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None))
        {
            await SendAsync(session, _content, 0, 1);
            await session.AcknowledgeAsync(None);
        }

        await ReopenAsync(folders => File.Move(
            folders.Part(upload.Id), folders.Segment(upload.Id, SegmentKind.Encoding)));

        Assert.Empty(Store.Damage);
        Assert.Equal(upload.Id, (await CompleteAsync(Store, upload.Id)).Id);
    }

    [Fact]
    public async Task Open_SegmentFileGone_IsReportedAndTheRestWorks()
    {
        Segment lost = await UploadAsync(Store, _project, "health", _content);
        Segment kept = await UploadAsync(Store, _project, "health", _content);

        await ReopenAsync(folders => File.Delete(folders.Segment(lost.Id, lost.Kind)));

        Assert.Equal([$"{lost.Id}.lke: the file of a segment is gone"], Store.Damage);
        Assert.Throws<StoreDamagedException>(() => Store.Segments.OpenRead(lost));
        await Store.Segments.VerifyAsync(kept, None);
        await Store.Projects.DeleteAsync(_project.Id, None);
        Assert.Empty(Files(FolderPath, "segments"));
    }

    [Fact]
    public async Task Open_SegmentFileCut_IsReported()
    {
        Segment segment = await UploadAsync(Store, _project, "health", _content);

        await ReopenAsync(folders => Cut(folders.Segment(segment.Id, segment.Kind), 100));

        Assert.Equal([$"{segment.Id}.lke: has 100 bytes, {_content.Length} were stored"], Store.Damage);
    }

    [Fact]
    public async Task Verify_OneBitOfASegmentChanged_IsReported()
    {
        Segment segment = await UploadAsync(Store, _project, "health", _content);
        string path = Store.Segments.PathOf(segment);
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[77] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await Assert.ThrowsAsync<StoreDamagedException>(() => Store.Segments.VerifyAsync(segment, None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public async Task Open_PartFileGoneOrCut_IsReportedAndCannotBeResumed(int? length)
    {
        Upload upload = await BeginAsync(Store, _project, "health", _content);
        await using (UploadSession session = await Store.Uploads.OpenAsync(upload.Id, None))
        {
            await SendAsync(session, _content, 0);
            await session.AcknowledgeAsync(None);
        }

        await ReopenAsync(folders =>
        {
            if (length is { } rest)
            {
                Cut(folders.Part(upload.Id), rest);
            }
            else
            {
                File.Delete(folders.Part(upload.Id));
            }
        });

        Assert.StartsWith($"{upload.Id}.part: ", Assert.Single(Store.Damage), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreDamagedException>(() => Store.Uploads.OpenAsync(upload.Id, None));
        await Store.Uploads.DiscardAsync(upload.Id, None);
    }

    [Fact]
    public async Task Open_AnotherProcessHasIt_IsRefused()
    {
        await Assert.ThrowsAnyAsync<IOException>(() => OpenAsync(FolderPath));

        Assert.NotNull(Store.Projects.Find(_project.Id));
    }

    private static void Cut(string path, int length)
    {
        using FileStream file = new(path, FileMode.Open);
        file.SetLength(length);
    }
}
