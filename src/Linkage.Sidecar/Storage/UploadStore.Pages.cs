namespace Linkage.Sidecar.Storage;

/// <content>Lists in the order of time, and taking back what is complete.</content>
internal sealed partial class UploadStore
{
    /// <summary>A page of a project's uploads, in the order in which they were begun.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="party">Only those of this party; null for all.</param>
    /// <param name="after">Where the page begins.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<Upload> Page(string projectId, string? party, ListCursor after, int limit) =>
        _database.Read(connection => UploadRows.Page(connection, projectId, party, after, limit));

    /// <summary>How many uploads chunks are accepted for.</summary>
    public int CountOpen() => (int)_database.Read(connection => connection.Scalar(
        "SELECT COUNT(*) FROM uploads WHERE state = $receiving", ("$receiving", (int)UploadState.Receiving)));

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
                    UploadRows.Drop(connection, id);
                }

                return UploadRows.Require(connection, id);
            },
            cancellation);
        await _removal.FinishAsync();
        return removed;
    }
}
