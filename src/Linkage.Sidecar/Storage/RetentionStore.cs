using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Deletes what has been kept long enough, and keeps note of what was deleted. Thread-safe.</summary>
internal sealed class RetentionStore
{
    private readonly StoreDatabase _database;
    private readonly StoreRemoval _removal;
    private readonly RunPulse _pulse;
    private readonly TimeProvider _time;

    public RetentionStore(StoreDatabase database, StoreRemoval removal, RunPulse pulse, TimeProvider time)
    {
        _database = database;
        _removal = removal;
        _pulse = pulse;
        _time = time;
    }

    /// <summary>The ids of all projects.</summary>
    public IReadOnlyList<string> ProjectIds() => _database.Read(connection => connection.Query(
        "SELECT id FROM projects WHERE state <> $deleting ORDER BY id",
        row => row.GetString(0),
        ("$deleting", (int)ProjectState.Deleting)));

    /// <summary>Deletes the encoded files of a project that came at a time or before.</summary>
    /// <returns>False if a run is at work, which still needs them: then nothing was deleted.</returns>
    public Task<bool> ExpireEncodingsAsync(string projectId, DateTimeOffset until, string clause) => ExpireAsync(
        projectId,
        DeletionReason.EncodingsExpired,
        clause,
        connection =>
        {
            List<Segment> all = SegmentRows.Encodings(connection, projectId, party: null);
            Segment[] due = [.. all.Where(segment => segment.CreatedAt <= until)];
            foreach (string party in due.Select(segment => segment.Party!).Distinct(StringComparer.Ordinal))
            {
                if (all.TrueForAll(segment => segment.Party != party || due.Contains(segment)))
                {
                    AddedRows.ForgetParty(connection, projectId, party);
                }
            }

            Array.ForEach(due, segment => UploadRows.Drop(connection, segment.Id));
        });

    /// <summary>Deletes the results of a project's runs that ended at a time or before.</summary>
    /// <returns>False if a run is at work: then nothing was deleted.</returns>
    public Task<bool> ExpireResultsAsync(string projectId, DateTimeOffset until, string clause) => ExpireAsync(
        projectId,
        DeletionReason.ResultsExpired,
        clause,
        connection => SegmentRows.OfProject(connection, projectId)
            .Where(segment => segment.RunId is not null && segment.CreatedAt <= until)
            .Select(segment => segment.RunId!)
            .Distinct(StringComparer.Ordinal)
            .ToList()
            .ForEach(run =>
            {
                RemovalRows.EndRun(connection, run, _time.Now());
                AddedRows.ForgetChanges(connection, run);
            }));

    /// <summary>The deletions that are carried out and not certified, oldest first.</summary>
    public IReadOnlyList<Deletion> ListUncertified() => _database.Read(DeletionRows.CarriedOut);

    /// <summary>Notes that a deletion is certified.</summary>
    public Task ForgetAsync(string id, CancellationToken cancellation) =>
        _database.WriteAsync(connection => DeletionRows.Forget(connection, id), cancellation);

    private async Task<bool> ExpireAsync(
        string projectId, DeletionReason reason, string clause, Action<SqliteConnection> mark)
    {
        bool done = await _database.WriteAsync(
            connection =>
            {
                Project? project = ProjectRows.Find(connection, projectId);
                if (project is null || project.Work == ProjectWork.UnderWay)
                {
                    return project is null;
                }

                DeletionRows.Note(connection, projectId, (reason, clause), _time.Now(), () => mark(connection));
                return true;
            },
            CancellationToken.None);
        _pulse.Beat();
        await _removal.FinishAsync();
        return done;
    }
}
