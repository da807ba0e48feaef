using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Microsoft.Data.Sqlite;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage.Encryption;

public sealed class EncryptedStoreTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content = Content((3 * Chunk) + 100, seed: 1);
    private UnitStore _store = null!;
    private Project _project = null!;

    private string Data => Path.Join(_folder.Path, "data");

    private string KeyFile => Path.Join(_folder.Path, "master.key");

    public async Task InitializeAsync()
    {
        _store = await OpenAsync(isOn: true);
        _project = await AgreedAsync(_store, "health", "benefits");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Upload_AnyOrderAndResumed_IsReadAsSentAndNotOnDisk()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        await using (UploadSession first = await _store.Uploads.OpenAsync(upload.Id, None))
        {
            await SendAsync(first, _content, 3, 1);
            await first.AcknowledgeAsync(None);
            await SendAsync(first, _content, 0); // never acknowledged
        }

        _store.Dispose();
        _store = await OpenAsync(isOn: true);
        Assert.Empty(_store.Damage);
        await using (UploadSession second = await _store.Uploads.OpenAsync(upload.Id, None))
        {
            await SendAsync(second, _content, 3, 2, 1, 0);
            await second.AcknowledgeAsync(None);
        }

        Segment segment = await CompleteAsync(_store, upload.Id);

        using StoredFile stored = _store.Segments.OpenRead(segment);
        Assert.Equal(_content, stored.ReadAll());
        Assert.Empty(new Canary().Add(_content).FindIn(Data));
        Assert.Equal(segment.StoredLength, new FileInfo(_store.Segments.PathOf(segment)).Length);
    }

    [Fact]
    public async Task Write_AcknowledgedChunkAltered_IsRefused()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        await using UploadSession session = await _store.Uploads.OpenAsync(upload.Id, None);
        await SendAsync(session, _content, 2);
        await session.AcknowledgeAsync(None);
        byte[] altered = ChunkOf(_content, 2).ToArray();
        altered[^1] ^= 1;

        await RefusedAsync(StoreRefusal.AlteredChunk, () => session.WriteAsync(2L * Chunk, altered, None));
    }

    [Fact]
    public async Task Write_SameChunkTwiceBeforeItIsAcknowledged_HasAnotherNonce()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        string part = new StoreFolders(Data).Part(upload.Id);
        await using UploadSession session = await _store.Uploads.OpenAsync(upload.Id, None);

        await SendAsync(session, _content, 0);
        byte[] once = await File.ReadAllBytesAsync(part);
        await SendAsync(session, _content, 0);
        byte[] twice = await File.ReadAllBytesAsync(part);

        Assert.NotEqual(once[..12], twice[..12]);
        Assert.NotEqual(once[12..], twice[12..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(200_000)]
    public async Task Result_AnyLength_IsReadAsWritten(int length)
    {
        byte[] pairs = Content(length, seed: 7);
        await QueueAsync(_store, _project, await UploadAsync(_store, _project, "health", _content));

        Run done = await FinishAsync(_store, (await _store.Runs.ClaimNextAsync(None))!, pairs);

        Segment result = Assert.Single(_store.Segments.ListResults(done.Id));
        using StoredFile stored = _store.Segments.OpenRead(result);
        Assert.Equal(pairs, stored.ReadAll());
        byte[] middle = new byte[length / 2];
        stored.Read(length / 3, middle);
        Assert.Equal(pairs[(length / 3)..((length / 3) + (length / 2))], middle);
        Assert.Empty(new Canary().Add(pairs).FindIn(Data));
    }

    [Fact]
    public async Task Read_AnyByteOfTheFileChanged_IsDamaged()
    {
        Segment segment = await UploadAsync(_store, _project, "health", _content);
        string path = _store.Segments.PathOf(segment);
        byte[] whole = await File.ReadAllBytesAsync(path);
        Random random = new(3);
        for (int i = 0; i < 50; i++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, changed);

            using StoredFile stored = _store.Segments.OpenRead(segment);
            Assert.Throws<StoreDamagedException>(() => stored.ReadAll());
        }
    }

    [Fact]
    public async Task Read_ChunksOrFilesExchanged_IsDamaged()
    {
        Segment segment = await UploadAsync(_store, _project, "health", _content);
        Segment other = await UploadAsync(_store, _project, "benefits", _content);
        string path = _store.Segments.PathOf(segment);
        byte[] whole = await File.ReadAllBytesAsync(path);
        int slot = Chunk + SealedBytes.Overhead;
        byte[] exchanged = [.. whole[slot..(2 * slot)], .. whole[..slot], .. whole[(2 * slot)..]];

        await File.WriteAllBytesAsync(path, exchanged);
        AssertDamaged(segment);
        File.Copy(_store.Segments.PathOf(other), path, overwrite: true);
        AssertDamaged(segment);
    }

    [Fact]
    public async Task Delete_Project_LeavesNeitherKeysNorFiles()
    {
        Segment segment = await UploadAsync(_store, _project, "health", _content);
        Canary canary = new Canary().Add(await File.ReadAllBytesAsync(_store.Segments.PathOf(segment)));
        List<byte[]> wrapped = WrappedKeys();
        Assert.Equal(2, wrapped.Count);
        wrapped.ForEach(key => canary.Add(key));
        Assert.NotEmpty(canary.FindIn(Data)); // the search finds what is there

        await _store.Projects.DeleteAsync(_project.Id, None);

        Assert.Empty(WrappedKeys());
        Assert.Empty(canary.FindIn(Data));
    }

    [Fact]
    public async Task Withdraw_Party_ForgetsTheKeysOfItsFilesAlone()
    {
        await UploadAsync(_store, _project, "health", _content);
        Segment kept = await UploadAsync(_store, _project, "benefits", _content);
        Assert.Equal(3, WrappedKeys().Count);

        await _store.Projects.WithdrawAsync(_project.Id, "health", None);

        Assert.Equal(2, WrappedKeys().Count);
        using StoredFile stored = _store.Segments.OpenRead(kept);
        Assert.Equal(_content, stored.ReadAll());
    }

    [Fact]
    public async Task Open_WithoutItsKeyOrWithAnother_IsRefusedAndMakesNone()
    {
        await UploadAsync(_store, _project, "health", _content);
        _store.Dispose();
        string away = KeyFile + ".away";
        File.Move(KeyFile, away);

        await Assert.ThrowsAsync<StoreDamagedException>(() => OpenAsync(isOn: true));
        Assert.False(File.Exists(KeyFile));
        await Assert.ThrowsAsync<StoreDamagedException>(() => UnitStore.OpenAsync(Data, TimeProvider.System));
        MasterKey.Create(KeyFile);
        await Assert.ThrowsAsync<StoreDamagedException>(() => OpenAsync(isOn: true));

        File.Move(away, KeyFile, overwrite: true);
        _store = await OpenAsync(isOn: true);
    }

    [Fact]
    public async Task Open_EncryptionOff_LeavesNewFilesAndReadsOldOnes()
    {
        Segment old = await UploadAsync(_store, _project, "health", _content);
        _store.Dispose();
        _store = await OpenAsync(isOn: false);

        Segment plain = await UploadAsync(_store, _project, "benefits", _content);

        Assert.Equal(_content, await File.ReadAllBytesAsync(_store.Segments.PathOf(plain)));
        using StoredFile stored = _store.Segments.OpenRead(old);
        Assert.Equal(_content, stored.ReadAll());
    }

    [Fact]
    public async Task Backup_OfEncryptedStore_IsReadWithTheKeyThatIsNotInIt()
    {
        Segment segment = await UploadAsync(_store, _project, "health", _content);
        string backup = Path.Join(_folder.Path, "backup");
        byte[] digits = File.ReadAllBytes(KeyFile)[38..];

        await _store.Backup.WriteAsync(backup, None);
        _store.Dispose();
        Directory.Delete(Data, recursive: true);
        await StoreRestore.RunAsync(backup, Data, None);
        _store = await OpenAsync(isOn: true);

        using StoredFile stored = _store.Segments.OpenRead(segment);
        Assert.Equal(_content, stored.ReadAll());
        Canary canary = new Canary().Add(_content).Add(digits).Add(Convert.FromHexString(digits.AsSpan(0, 64)));
        Assert.Empty(canary.FindIn(backup));
    }

    [Fact]
    public async Task Backup_DamagedEncryptedFile_IsRefused()
    {
        Segment segment = await UploadAsync(_store, _project, "health", _content);
        string path = _store.Segments.PathOf(segment);
        byte[] changed = await File.ReadAllBytesAsync(path);
        changed[100] ^= 1;
        await File.WriteAllBytesAsync(path, changed);

        await Assert.ThrowsAsync<StoreDamagedException>(
            () => _store.Backup.WriteAsync(Path.Join(_folder.Path, "backup"), None));
    }

    private Task<UnitStore> OpenAsync(bool isOn) => UnitStore.OpenAsync(
        Data, TimeProvider.System, encryption: new StoreEncryption { KeyFile = KeyFile, IsOn = isOn });

    private void AssertDamaged(Segment segment)
    {
        using StoredFile stored = _store.Segments.OpenRead(segment);
        Assert.Throws<StoreDamagedException>(() => stored.ReadAll());
    }

    private List<byte[]> WrappedKeys()
    {
        using SqliteConnection connection = new(
            StoreDatabase.UnpooledString(new StoreFolders(Data).Database));
        connection.Open();
        return connection.Query(
            "SELECT wrapped FROM project_keys UNION ALL SELECT wrapped FROM file_keys", row => row.Bytes(0));
    }
}
