using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Begin_PartyAtItsLimit_IsRefusedInEveryProjectAndOthersAreNot()
    {
        using UnitStore store = await OpenAsync(new StoreLimits { OpenUploads = 2 });
        Project first = await AgreedAsync(store, "health", "benefits");
        Project second = await AgreedAsync(store, "health", "benefits");
        Upload open = await store.Uploads.BeginAsync(first.Id, "health", PlanOf([1]), Request("one"), None);
        await BeginAsync(store, second, "health", [2]);

        await RefusedAsync(StoreRefusal.TooManyUploads, () => BeginAsync(store, first, "health", [3]));
        await RefusedAsync(StoreRefusal.TooManyUploads, () => BeginAsync(store, second, "health", [3]));
        await BeginAsync(store, first, "benefits", [3]);
        Upload again = await store.Uploads.BeginAsync(first.Id, "health", PlanOf([1]), Request("one"), None);
        await store.Uploads.DiscardAsync(open.Id, None);
        await BeginAsync(store, first, "health", [3]);

        Assert.Equal(open.Id, again.Id);
        Assert.Equal(3, Files(_folder.Path, "uploads").Length);
    }

    [Fact]
    public async Task Begin_MoreBytesThanAParty_MayHaveOpen_IsRefused()
    {
        using UnitStore store = await OpenAsync(new StoreLimits { OpenUploadBytes = 10 });
        Project project = await AgreedAsync(store, "health", "benefits");
        await BeginAsync(store, project, "health", new byte[6]);

        await RefusedAsync(StoreRefusal.TooManyUploads, () => BeginAsync(store, project, "health", new byte[5]));
        await RefusedAsync(StoreRefusal.TooManyUploads, () => BeginAsync(store, project, "benefits", new byte[11]));
        await BeginAsync(store, project, "health", new byte[4]);
    }

    [Fact]
    public async Task Queue_AnalystAtTheLimit_IsRefusedUntilARunEnds()
    {
        using UnitStore store = await OpenAsync(new StoreLimits { OpenRuns = 1 });
        Project first = await AgreedAsync(store, "health", "benefits");
        Project second = await AgreedAsync(store, "health", "benefits");
        Segment input = await UploadAsync(store, first, "health", [1]);
        Segment other = await UploadAsync(store, second, "health", [2]);
        Run queued = await QueueAsync(store, first, input);

        await RefusedAsync(StoreRefusal.TooManyRuns, () => QueueAsync(store, second, other));
        await store.Runs.CancelAsync(queued.Id, None);

        Assert.Equal(RunState.Queued, (await QueueAsync(store, second, other)).Latest.State);
    }

    private Task<UnitStore> OpenAsync(StoreLimits limits) =>
        UnitStore.OpenAsync(_folder.Path, TimeProvider.System, limits);
}
