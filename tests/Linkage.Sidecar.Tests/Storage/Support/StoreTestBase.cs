using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>Gives every test a store of its own.</summary>
public abstract class StoreTestBase : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected UnitStore Store { get; private set; } = null!;

    private protected string FolderPath => _folder.Path;

    private protected StoreFolders Folders => new(_folder.Path);

    public virtual Task InitializeAsync() => OpenAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Store.Dispose();
            _folder.Dispose();
        }
    }

    /// <summary>Closes the store and does something to its files before it is opened again.</summary>
    private protected async Task ReopenAsync(Action<StoreFolders> meanwhile)
    {
        Store.Dispose();
        meanwhile(Folders);
        await OpenAsync();
    }

    private async Task OpenAsync() => Store = await StoreTest.OpenAsync(_folder.Path);
}
