using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Marks what is to be removed and forgets what has been, within a transaction of the caller.</summary>
internal static class RemovalRows
{
    /// <summary>Dooms a party's files and uploads, and the runs with the party's data in them.</summary>
    public static void MarkParty(SqliteConnection connection, string projectId, string party, long now)
    {
        DiscardUploads(connection, projectId, party);
        AddedRows.ForgetParty(connection, projectId, party);
        List<string> runs = connection.Query(
            """
            SELECT DISTINCT run_inputs.run_id FROM run_inputs JOIN segments ON segments.id = segment_id
            WHERE project_id = $project AND party = $party ORDER BY 1
            """,
            row => row.GetString(0),
            ("$project", projectId),
            ("$party", party));
        foreach (string run in runs)
        {
            EndRun(connection, run, now);
        }

        connection.Execute(
            "UPDATE segments SET doomed = 1 WHERE project_id = $project AND party = $party",
            ("$project", projectId),
            ("$party", party));
    }

    /// <summary>Cancels a run and dooms its results.</summary>
    public static void EndRun(SqliteConnection connection, string runId, long now)
    {
        CancelIfAllowed(connection, runId, now);
        connection.Execute("UPDATE segments SET doomed = 1 WHERE run_id = $run", ("$run", runId));
    }

    /// <summary>Discards the uploads and cancels the runs of a project that have not ended.</summary>
    public static void EndWork(SqliteConnection connection, string projectId, long now)
    {
        DiscardUploads(connection, projectId, party: null);
        List<string> runs = connection.Query(
            "SELECT id FROM runs WHERE project_id = $project AND state IN ($queued, $running) ORDER BY id",
            row => row.GetString(0),
            ("$project", projectId),
            ("$queued", (int)RunState.Queued),
            ("$running", (int)RunState.Running));
        runs.ForEach(run => CancelIfAllowed(connection, run, now));
    }

    /// <summary>Dooms every file of a project.</summary>
    public static void MarkAll(SqliteConnection connection, string projectId)
    {
        AddedRows.ForgetAll(connection, projectId);
        connection.Execute("UPDATE segments SET doomed = 1 WHERE project_id = $project", ("$project", projectId));
    }

    /// <summary>The doomed segments.</summary>
    public static List<(string Id, string FileId, SegmentKind Kind)> Doomed(SqliteConnection connection) =>
        connection.Query(
            "SELECT id, COALESCE(file_id, id), kind FROM segments WHERE doomed = 1 ORDER BY id",
            row => (row.GetString(0), row.GetString(1), (SegmentKind)row.GetInt32(2)));

    /// <summary>The files that others have replaced.</summary>
    public static List<(string FileId, SegmentKind Kind)> Replaced(SqliteConnection connection) => connection.Query(
        "SELECT file_id, kind FROM replaced_files ORDER BY file_id",
        row => (row.GetString(0), (SegmentKind)row.GetInt32(1)));

    /// <summary>The discarded uploads whose part file may still be there.</summary>
    public static List<string> Discarded(SqliteConnection connection) => connection.Query(
        "SELECT id FROM uploads WHERE state = $discarded AND swept = 0 ORDER BY id",
        row => row.GetString(0),
        ("$discarded", (int)UploadState.Discarded));

    /// <summary>Forgets a doomed segment whose file is gone.</summary>
    public static void Forget(SqliteConnection connection, string segmentId) => connection.Execute(
        "DELETE FROM segments WHERE id = $id AND doomed = 1", ("$id", segmentId));

    /// <summary>Forgets a replaced file that is gone.</summary>
    public static void ForgetReplaced(SqliteConnection connection, string fileId) =>
        connection.Execute("DELETE FROM replaced_files WHERE file_id = $id", ("$id", fileId));

    /// <summary>Notes that the part file of a discarded upload is gone.</summary>
    public static void NoteSwept(SqliteConnection connection, string uploadId) =>
        connection.Execute("UPDATE uploads SET swept = 1 WHERE id = $id", ("$id", uploadId));

    /// <summary>Forgets what is left of withdrawn parties and of deleted projects, once their files are gone.</summary>
    public static void ForgetOwners(SqliteConnection connection)
    {
        const string OfWithdrawn = """
            EXISTS (
                SELECT 1 FROM parties AS leaving
                WHERE leaving.project_id = owned.project_id AND leaving.name = owned.party
                    AND leaving.state = $withdrawn)
            """;
        connection.Execute(
            $"DELETE FROM uploads AS owned WHERE (state = $complete OR swept = 1) AND {OfWithdrawn}",
            ("$complete", (int)UploadState.Complete),
            ("$withdrawn", (int)PartyState.Withdrawn));
        connection.Execute(
            $"DELETE FROM approvals AS owned WHERE {OfWithdrawn}", ("$withdrawn", (int)PartyState.Withdrawn));
        connection.Execute(
            """
            DELETE FROM projects WHERE state = $deleting
                AND NOT EXISTS (SELECT 1 FROM segments WHERE project_id = projects.id)
                AND NOT EXISTS (
                    SELECT 1 FROM uploads WHERE project_id = projects.id AND state = $discarded AND swept = 0)
            """,
            ("$deleting", (int)ProjectState.Deleting),
            ("$discarded", (int)UploadState.Discarded));
    }

    /// <summary>Cancels every run of a project and dooms its results.</summary>
    public static void EndRuns(SqliteConnection connection, string projectId, long now)
    {
        List<string> runs = connection.Query(
            "SELECT id FROM runs WHERE project_id = $project ORDER BY id",
            row => row.GetString(0),
            ("$project", projectId));
        runs.ForEach(run => CancelIfAllowed(connection, run, now));
        connection.Execute(
            "UPDATE segments SET doomed = 1 WHERE project_id = $project AND run_id IS NOT NULL",
            ("$project", projectId));
    }

    private static void DiscardUploads(SqliteConnection connection, string projectId, string? party) =>
        connection.Execute(
            """
            UPDATE uploads SET state = $discarded
            WHERE project_id = $project AND ($party IS NULL OR party = $party) AND state = $receiving
            """,
            ("$discarded", (int)UploadState.Discarded),
            ("$project", projectId),
            ("$party", party),
            ("$receiving", (int)UploadState.Receiving));

    private static void CancelIfAllowed(SqliteConnection connection, string runId, long now)
    {
        Run run = RunRows.Require(connection, runId);
        if (Transitions.OfRun.Allows(run.Latest.State, RunState.Cancelled))
        {
            RunRows.Append(connection, run, RunState.Cancelled, run.Latest.Progress, now);
        }
    }
}
