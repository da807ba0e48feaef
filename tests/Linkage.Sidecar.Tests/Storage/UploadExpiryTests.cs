using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class UploadExpiryTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Expiry = TimeSpan.FromDays(7);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly byte[] _content = Content(3 * Chunk, seed: 5);
    private UnitStore _store = null!;
    private Project _project = null!;

    public async Task InitializeAsync()
    {
        _store = await UnitStore.OpenAsync(_folder.Path, _time);
        _project = await AgreedAsync(_store, "health", "benefits");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Expire_NothingComesAnyMore_DeletesWhatHadComeAndSaysSo()
    {
        Upload idle = await BeginAsync(_store, _project, "health", _content);
        await SendAsync(idle, 0);
        _time.Advance(Expiry - Moment);
        Upload fresh = await BeginAsync(_store, _project, "benefits", _content);

        Assert.Equal(0, await ExpireAsync());
        _time.Advance(Moment);
        Assert.Equal(1, await ExpireAsync());
        Assert.Equal(0, await ExpireAsync());

        Assert.Equal(UploadState.Expired, _store.Uploads.Find(idle.Id)!.State);
        Assert.Equal(UploadState.Receiving, _store.Uploads.Find(fresh.Id)!.State);
        Assert.Equal([$"{fresh.Id}.part"], Files(_folder.Path, "uploads"));
        await RefusedAsync(StoreRefusal.WrongState, () => _store.Uploads.OpenAsync(idle.Id, None));
        await _store.Uploads.DiscardAsync(idle.Id, None);
        Assert.Equal(UploadState.Expired, _store.Uploads.Find(idle.Id)!.State);
        Assert.Equal(UploadState.Discarded, (await _store.Uploads.RemoveAsync(idle.Id, None)).State);
    }

    [Fact]
    public async Task Expire_ChunkAcknowledgedMeanwhile_BeginsTheTimeAnew()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        _time.Advance(Expiry - Moment);
        await SendAsync(upload, 1);
        _time.Advance(Expiry - Moment);

        Assert.Equal(0, await ExpireAsync());
        Assert.Equal(_time.GetUtcNow() - Expiry + Moment, _store.Uploads.Find(upload.Id)!.TouchedAt);
        await SendAsync(upload, 0, 2);
        await CompleteAsync(_store, upload.Id);
        _time.Advance(10 * Expiry);

        Assert.Equal(0, await ExpireAsync());
        Assert.Equal(UploadState.Complete, _store.Uploads.Find(upload.Id)!.State);
    }

    [Fact]
    public async Task Expire_SessionStillOpen_TakesNoMoreOfIt()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        await using UploadSession session = await _store.Uploads.OpenAsync(upload.Id, None);
        await StoreTest.SendAsync(session, _content, 0);
        _time.Advance(Expiry);

        Assert.Equal(1, await ExpireAsync());

        Assert.True(session.IsClosed);
        await RefusedAsync(StoreRefusal.Superseded, () => StoreTest.SendAsync(session, _content, 1));
        Assert.Empty(Files(_folder.Path, "uploads"));
    }

    [Fact]
    public async Task Expire_BeingCompleted_Stays()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        await SendAsync(upload, 0, 1, 2);
        _time.Advance(Expiry);

        int expired = -1;
        Segment kept = await _store.Uploads.CompleteAsync(
            upload.Id, async (_, _) => expired = await ExpireAsync(), None);

        Assert.Equal(0, expired);
        Assert.Equal(upload.Id, kept.Id);
        Assert.Equal(UploadState.Complete, _store.Uploads.Find(upload.Id)!.State);
    }

    [Fact]
    public async Task Open_CrashBetweenMarkAndDeletion_FinishesIt()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        await SendAsync(upload, 0);
        string part = new StoreFolders(_folder.Path).Part(upload.Id);
        byte[] before = await File.ReadAllBytesAsync(part);
        _time.Advance(Expiry);
        await ExpireAsync();
        _store.Dispose();

        // As if the process had died after the mark: the file is there, and its row does not say that it is gone.
        await File.WriteAllBytesAsync(part, before);
        using (SqliteConnection database = new($"Data Source={Path.Join(_folder.Path, "store.db")};Pooling=False"))
        {
            database.Open();
            Assert.Equal(1, database.Execute("UPDATE uploads SET swept = 0 WHERE id = $id", ("$id", upload.Id)));
        }

        _store = await UnitStore.OpenAsync(_folder.Path, _time);

        Assert.False(File.Exists(part));
        Assert.Equal(UploadState.Expired, _store.Uploads.Find(upload.Id)!.State);
        Assert.Empty(_store.Damage);
    }

    [Fact]
    public async Task Sweeper_HostStarts_GivesUpWhatIsDue()
    {
        Upload upload = await BeginAsync(_store, _project, "health", _content);
        _time.Advance(Expiry);
        SidecarOptions options = RunningHost.Options with { Uploads = new UploadOptions { Expiry = Expiry } };
        using UploadSweeper sweeper = new(_store, options, _time, NullLogger<UploadSweeper>.Instance);

        await sweeper.StartAsync(None);
        await Waiting.UntilAsync(() => _store.Uploads.Find(upload.Id)!.State == UploadState.Expired);
        await sweeper.StopAsync(None);
        Assert.Equal(0, await sweeper.SweepAsync(None));
    }

    private Task<int> ExpireAsync() => _store.Uploads.ExpireAsync(_time.GetUtcNow() - Expiry, None);

    private async Task SendAsync(Upload upload, params int[] chunks)
    {
        await using UploadSession session = await _store.Uploads.OpenAsync(upload.Id, None);
        await StoreTest.SendAsync(session, _content, chunks);
        await session.AcknowledgeAsync(None);
    }
}
