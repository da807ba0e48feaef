namespace Linkage.Sidecar.Storage;

/// <content>Lists in the order of time, taking back what is complete, giving up what is idle.</content>
internal sealed partial class UploadStore
{
    /// <summary>A page of a project's uploads, in the order in which they were begun.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="party">Only those of this party; null for all.</param>
    /// <param name="after">Where the page begins.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<Upload> Page(string projectId, string? party, ListCursor after, int limit) =>
        _database.Read(connection => UploadRows.Page(connection, projectId, party, after, limit));

    /// <summary>Gives up the open uploads of which nothing has come for a while; their part files go.</summary>
    /// <param name="idleSince">Uploads of which something came later stay.</param>
    /// <param name="cancellation">Ends the wait before any is given up.</param>
    /// <returns>How many.</returns>
    /// <remarks>An upload that is being completed stays: its bytes are all there.</remarks>
    public async Task<int> ExpireAsync(DateTimeOffset idleSince, CancellationToken cancellation)
    {
        List<string> expired;
        await _gate.WaitAsync(cancellation);
        try
        {
            expired = await _database.WriteAsync(
                connection => UploadRows.Expire(connection, idleSince.ToUnixTimeMilliseconds(), _completing),
                cancellation);
            foreach (string id in expired)
            {
                if (_sessions.Remove(id, out UploadSession? session))
                {
                    await session.DisposeAsync();
                }
            }
        }
        finally
        {
            _gate.Release();
        }

        // Also when there are none: what an earlier call marked and could not remove is tried again.
        await _removal.FinishAsync();
        return expired.Count;
    }

    /// <summary>Gives an upload up, complete or not; its file goes. Repeated, does nothing.</summary>
    /// <exception cref="StoreRefusedException">There is no such upload, or a run of its project is at work.</exception>
    public async Task<Upload> RemoveAsync(string id, CancellationToken cancellation)
    {
        Upload removed = await _database.WriteAsync(
            connection =>
            {
                Upload upload = UploadRows.Require(connection, id);
                if (ProjectRows.Require(connection, upload.ProjectId).Work == ProjectWork.UnderWay)
                {
                    throw new StoreRefusedException(StoreRefusal.WrongState, "A run is at work.");
                }

                if (upload.State == UploadState.Receiving)
                {
                    UploadRows.Move(connection, upload, UploadState.Discarded);
                }
                else
                {
                    DeletionRows.Note(
                        connection,
                        upload.ProjectId,
                        (DeletionReason.UploadRemoved, string.Empty),
                        _time.Now(),
                        () => UploadRows.Drop(connection, id));
                }

                return UploadRows.Require(connection, id);
            },
            cancellation);
        await _removal.FinishAsync();
        return removed;
    }
}
