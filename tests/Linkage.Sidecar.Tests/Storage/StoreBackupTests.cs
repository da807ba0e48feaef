using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreBackupTests : StoreTestBase
{
    private readonly byte[] _content = Content(3 * Chunk, seed: 1);
    private Project _project = null!;
    private Segment _segment = null!;
    private Upload _open = null!;
    private Run _run = null!;

    private string Backup => Path.Join(FolderPath, "backup");

    private string Restored => Path.Join(FolderPath, "restored");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _project = await AgreedAsync(Store, "health");
        _segment = await UploadAsync(Store, _project, "health", _content);
        _open = await BeginAsync(Store, _project, "health", _content);
        await using UploadSession session = await Store.Uploads.OpenAsync(_open.Id, None);
        await SendAsync(session, _content, 1);
        await session.AcknowledgeAsync(None);
        await QueueAsync(Store, _project, _segment);
        _run = await FinishAsync(Store, (await Store.Runs.ClaimNextAsync(None))!, Content(10, seed: 2));
    }

    [Fact]
    public async Task Restore_Backup_GivesTheStoreAsItWas()
    {
        BackupManifest manifest = await Store.Backup.WriteAsync(Backup, None);
        await Store.Projects.DeleteAsync(_project.Id, None);
        await StoreRestore.RunAsync(Backup, Restored, None);

        using UnitStore store = await OpenAsync(Restored);
        Assert.Equal(4, manifest.Files.Count);
        Assert.Empty(store.Damage);
        Assert.Equal(ProjectState.Agreed, store.Projects.Find(_project.Id)!.State);
        await store.Segments.VerifyAsync(store.Segments.Find(_segment.Id)!, None);
        await store.Segments.VerifyAsync(Assert.Single(store.Segments.ListResults(_run.Id)), None);
        await using UploadSession session = await store.Uploads.OpenAsync(_open.Id, None);
        await SendAsync(session, _content, 1, 0, 2);
        await session.AcknowledgeAsync(None);
        Assert.Equal(_content.Length, (await CompleteAsync(store, _open.Id)).Length);
    }

    [Fact]
    public async Task Write_FolderInUse_IsRefused()
    {
        Directory.CreateDirectory(Backup);
        await File.WriteAllTextAsync(Path.Join(Backup, "theirs"), "x");

        await Assert.ThrowsAsync<IOException>(() => Store.Backup.WriteAsync(Backup, None));
        Assert.Single(Directory.GetFileSystemEntries(Backup));
    }

    [Fact]
    public async Task Write_DamagedSegment_GivesNoBackup()
    {
        await ChangeOneBitAsync(Store.Segments.PathOf(_segment));

        await Assert.ThrowsAsync<StoreDamagedException>(() => Store.Backup.WriteAsync(Backup, None));
        await Assert.ThrowsAsync<StoreDamagedException>(() => StoreRestore.RunAsync(Backup, Restored, None));
        Assert.False(Directory.Exists(Restored));
    }

    [Fact]
    public async Task Restore_IntoAStore_IsRefused()
    {
        await Store.Backup.WriteAsync(Backup, None);

        await Assert.ThrowsAsync<IOException>(() => StoreRestore.RunAsync(Backup, FolderPath, None));
        Assert.NotNull(Store.Projects.Find(_project.Id));
    }

    [Fact]
    public async Task Restore_AnyFileChanged_IsRefusedAndLeavesNothing()
    {
        BackupManifest manifest = await Store.Backup.WriteAsync(Backup, None);
        foreach (BackupFile file in manifest.Files)
        {
            string path = Path.Join(Backup, file.Path);
            byte[] original = await File.ReadAllBytesAsync(path);
            await ChangeOneBitAsync(path);

            await Assert.ThrowsAsync<StoreDamagedException>(() => StoreRestore.RunAsync(Backup, Restored, None));

            Assert.DoesNotContain(
                Directory.GetDirectories(FolderPath), name => name.Contains("restor", StringComparison.Ordinal));
            await File.WriteAllBytesAsync(path, original);
        }

        await StoreRestore.RunAsync(Backup, Restored, None);
    }

    [Theory]
    [InlineData("../escaped.db")]
    [InlineData("segments/../../escaped.lke")]
    [InlineData("store.lock")]
    [InlineData("segments/not-an-id.lke")]
    public async Task Restore_ManifestWithAForeignPath_IsRefused(string path)
    {
        await Store.Backup.WriteAsync(Backup, None);
        string manifest = Path.Join(Backup, BackupManifest.FileName);
        string text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, text.Replace("store.db", path, StringComparison.Ordinal));

        StoreDamagedException refused = await Assert.ThrowsAsync<StoreDamagedException>(
            () => StoreRestore.RunAsync(Backup, Restored, None));
        Assert.Contains("is not a file of a backup", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[{ \"path\": null, \"length\": 1, \"sha256\": null }]")]
    public async Task Restore_ManifestWithoutNames_IsRefused(string files)
    {
        Directory.CreateDirectory(Backup);
        await File.WriteAllTextAsync(
            Path.Join(Backup, BackupManifest.FileName),
            $$"""{ "format": "linkage-backup/1", "createdAt": "2030-01-01T00:00:00Z", "files": {{files}} }""");

        await Assert.ThrowsAsync<StoreDamagedException>(() => StoreRestore.RunAsync(Backup, Restored, None));
    }

    private static async Task ChangeOneBitAsync(string path)
    {
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
    }
}
