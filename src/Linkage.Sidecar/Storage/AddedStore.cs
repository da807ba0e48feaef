using Linkage.Sidecar.Storage.Encryption;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Records that come and go after a run. Thread-safe.</summary>
internal sealed class AddedStore
{
    /// <summary>
    /// What the result is called that holds the link id of every record of a run; nobody is handed it.
    /// </summary>
    public const string LinksResult = "all-links";

    private readonly StoreDatabase _database;
    private readonly StoreKeys _keys;
    private readonly StoreRemoval _removal;
    private readonly TimeProvider _time;

    public AddedStore(StoreDatabase database, StoreKeys keys, StoreRemoval removal, TimeProvider time)
    {
        _removal = removal;
        _database = database;
        _keys = keys;
        _time = time;
    }

    /// <summary>The newest run whose records can come and go; null if the project has none.</summary>
    public string? NewestRun(string projectId) => _database.Read(
        connection => AddedRows.NewestRun(connection, projectId, LinksResult));

    /// <summary>All that has happened to a run's records.</summary>
    public LiveRows Load(string projectId, string runId) =>
        _database.Read(connection =>
        {
            using ProjectCipher cipher = _keys.ForReading(connection, projectId);
            return AddedRows.Load(connection, cipher, projectId, runId);
        });

    /// <summary>What persons have decided about records of a project.</summary>
    public IReadOnlyList<DecidedPair> ListDecisions(string projectId) =>
        _database.Read(connection => AddedRows.Decided(connection, projectId));

    /// <summary>What was stored of a request that was carried out before; null if it is new.</summary>
    /// <exception cref="StoreRefusedException">Its key was used for another content.</exception>
    public LiveReceipt? FindAnswer(IdempotentRequest request) =>
        _database.Read(connection => IdempotencyRows.Find(connection, request)) is { } text
            ? LiveReceipt.Parse(text)
            : null;

    /// <summary>The changes after a number; of one party's records only, if one is given.</summary>
    public IReadOnlyList<LinkChange> ListChanges(string projectId, long after, string? party, int limit) =>
        _database.Read(connection => AddedRows.Changes(connection, projectId, after, party, limit));

    /// <summary>Stores a change, whole or not at all.</summary>
    /// <param name="edit">The change.</param>
    /// <param name="request">What makes the call repeatable; null if it is so by itself.</param>
    /// <exception cref="StoreRefusedException">
    /// The run is not the newest any more, or the project is not agreed.
    /// </exception>
    public async Task<LiveReceipt> WriteAsync(LiveEdit edit, IdempotentRequest? request)
    {
        LiveReceipt receipt = await _database.WriteAsync(
            connection => Write(connection, edit, request), CancellationToken.None);
        if (edit.Reduced.Count > 0)
        {
            _removal.NoteErasedRows();
        }

        return receipt;
    }

    private LiveReceipt Write(SqliteConnection connection, LiveEdit edit, IdempotentRequest? request)
    {
        ProjectRows.RequireAgreed(connection, edit.ProjectId);
        if (AddedRows.NewestRun(connection, edit.ProjectId, LinksResult) != edit.RunId)
        {
            throw new StoreRefusedException(StoreRefusal.Stale, "Another run has succeeded meanwhile.");
        }

        using ProjectCipher cipher = _keys.ForWriting(connection, edit.ProjectId, _time.Now());
        LiveReceipt receipt = AddedRows.Write(connection, cipher, edit, _time.Now());
        if (request is not null)
        {
            IdempotencyRows.Insert(connection, request, edit.ProjectId, receipt.ToText());
        }

        return receipt;
    }
}
