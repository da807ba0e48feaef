using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>
/// Carries removals out: what is marked in the database loses its key, then its file, then its row. Thread-safe.
/// </summary>
/// <remarks>
/// The order makes it safe against a crash: after the mark nothing is shown any more, and what a crash leaves undone is
/// done at the next start, because the marks are still there. The keys go first: from then on nobody can read the
/// files, wherever the disk or a copy still has their blocks. Last the database's log is emptied, which holds the
/// wrapped keys as they were; where a reader is in the way, the next removal does it, or the next start.
/// </remarks>
internal sealed class StoreRemoval : IDisposable
{
    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isLogDirty = true; // a crash may have left it so

    public StoreRemoval(StoreDatabase database, StoreFolders folders)
    {
        _database = database;
        _folders = folders;
    }

    /// <summary>Removes all that is marked; not cancelled with a request, since the request's mark stands.</summary>
    public async Task FinishAsync()
    {
        await _gate.WaitAsync();
        try
        {
            List<(string Id, string FileId, SegmentKind Kind)> doomed = _database.Read(RemovalRows.Doomed);
            List<(string FileId, SegmentKind Kind)> replaced = _database.Read(RemovalRows.Replaced);
            List<string> discarded = _database.Read(RemovalRows.Discarded);
            bool wiped = await _database.WriteAsync(StoreKeys.Wipe, CancellationToken.None);
            DeleteFiles([.. doomed.Select(segment => (segment.FileId, segment.Kind)), .. replaced], discarded);
            await _database.WriteAsync(
                connection =>
                {
                    doomed.ForEach(segment => RemovalRows.Forget(connection, segment.Id));
                    replaced.ForEach(file => RemovalRows.ForgetReplaced(connection, file.FileId));
                    discarded.ForEach(upload => RemovalRows.NoteSwept(connection, upload));
                    RemovalRows.ForgetOwners(connection);
                },
                CancellationToken.None);
            _isLogDirty |= wiped || doomed.Count + replaced.Count > 0;
            if (_isLogDirty)
            {
                _isLogDirty = false; // before, since rows may be erased meanwhile
                _isLogDirty |= !await _database.TruncateLogAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says that rows were erased whose content the database's log still has.</summary>
    public void NoteErasedRows() => _isLogDirty = true;

    /// <summary>Does something during which no file is removed.</summary>
    public async Task WithoutRemovalAsync(Func<Task> action, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await action();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void DeleteFiles(List<(string FileId, SegmentKind Kind)> files, List<string> discarded)
    {
        files.ForEach(file => File.Delete(_folders.Segment(file.FileId, file.Kind)));
        discarded.ForEach(upload => File.Delete(_folders.Part(upload)));
        DirectorySync.Flush(_folders.Segments);
        DirectorySync.Flush(_folders.Uploads);
    }
}
