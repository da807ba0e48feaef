using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Runs and their events in the database, within a transaction of the caller.</summary>
internal static class RunRows
{
    private const string Select = """
        SELECT runs.id, runs.project_id, idempotency_key, options, attempt, failure, runs.created_at,
            sequence, at, latest.state, stage, done, total
        FROM runs
        JOIN run_events AS latest ON latest.run_id = runs.id
            AND sequence = (SELECT MAX(sequence) FROM run_events WHERE run_id = runs.id)
        JOIN projects ON projects.id = runs.project_id
        """;

    /// <summary>The run, also of a project that is being removed.</summary>
    /// <exception cref="StoreRefusedException">There is none.</exception>
    public static Run Require(SqliteConnection connection, string id) =>
        connection.Query($"{Select} WHERE runs.id = $id", Map, ("$id", id)).SingleOrDefault()
        ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such run.");

    /// <summary>The run; null if there is none or its project is being removed.</summary>
    public static Run? Find(SqliteConnection connection, string id) => connection.Query(
        $"{Select} WHERE runs.id = $id AND projects.state <> $deleting",
        Map,
        ("$id", id),
        ("$deleting", (int)ProjectState.Deleting)).SingleOrDefault();

    /// <summary>A page of a project's runs, ordered by id.</summary>
    public static List<Run> List(SqliteConnection connection, string projectId, string after, int limit) =>
        connection.Query(
            $"""
            {Select} WHERE runs.project_id = $project AND projects.state <> $deleting AND runs.id > $after
            ORDER BY runs.id LIMIT $limit
            """,
            Map,
            ("$project", projectId),
            ("$deleting", (int)ProjectState.Deleting),
            ("$after", after),
            ("$limit", limit));

    /// <summary>Runs in a state, in the order they were started.</summary>
    public static List<Run> InState(SqliteConnection connection, RunState state, int limit) => connection.Query(
        $"{Select} WHERE runs.state = $state ORDER BY queue_number LIMIT $limit",
        Map,
        ("$state", (int)state),
        ("$limit", limit));

    /// <summary>A page of a run's events, from the one after a sequence number on.</summary>
    public static List<RunEvent> Events(SqliteConnection connection, string runId, long after, int limit) =>
        connection.Query(
            """
            SELECT sequence, at, state, stage, done, total FROM run_events
            WHERE run_id = $run AND sequence > $after ORDER BY sequence LIMIT $limit
            """,
            row => MapEvent(row, 0),
            ("$run", runId),
            ("$after", after),
            ("$limit", limit));

    /// <summary>Refuses a further run of whoever made the project and is at the limit.</summary>
    /// <exception cref="StoreRefusedException">There are too many runs that have not ended.</exception>
    public static void RequireRoom(SqliteConnection connection, string projectId, StoreLimits limits)
    {
        long open = connection.Scalar(
            """
            SELECT COUNT(*) FROM runs JOIN projects ON projects.id = project_id
            WHERE runs.state IN ($queued, $running)
                AND created_by = (SELECT created_by FROM projects WHERE id = $project)
            """,
            ("$queued", (int)RunState.Queued),
            ("$running", (int)RunState.Running),
            ("$project", projectId));
        if (open >= limits.OpenRuns)
        {
            throw new StoreRefusedException(
                StoreRefusal.TooManyRuns, "Too many runs wait or are at work: let one end, or cancel it.");
        }
    }

    /// <summary>Writes a new run with its inputs and its first event.</summary>
    public static void Insert(SqliteConnection connection, Run run, IReadOnlyList<Segment> inputs)
    {
        connection.Execute(
            """
            INSERT INTO runs (id, queue_number, project_id, idempotency_key, options, state, attempt, created_at)
            VALUES ($id, (SELECT COALESCE(MAX(queue_number), 0) + 1 FROM runs), $project, $key, $options, $state,
                $attempt, $now)
            """,
            ("$id", run.Id),
            ("$project", run.ProjectId),
            ("$key", run.IdempotencyKey),
            ("$options", run.Options),
            ("$state", (int)run.Latest.State),
            ("$attempt", run.Attempt),
            ("$now", run.CreatedAt.ToUnixTimeMilliseconds()));
        foreach ((int place, Segment input) in inputs.Index())
        {
            connection.Execute(
                "INSERT INTO run_inputs (run_id, place, segment_id) VALUES ($run, $place, $segment)",
                ("$run", run.Id),
                ("$place", place),
                ("$segment", input.Id));
        }

        InsertEvent(connection, run.Id, run.Latest);
    }

    /// <summary>Takes the run to a state, if it may go there, and lets its watchers know.</summary>
    public static void Append(SqliteConnection connection, Run run, RunState to, RunProgress progress, long now)
    {
        Transitions.OfRun.Require(run.Latest.State, to);
        connection.Execute("UPDATE runs SET state = $state WHERE id = $id", ("$state", (int)to), ("$id", run.Id));
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(now);
        InsertEvent(connection, run.Id, new RunEvent(run.Latest.Sequence + 1, at, to, progress));
    }

    private static void InsertEvent(SqliteConnection connection, string runId, RunEvent added) => connection.Execute(
        """
        INSERT INTO run_events (run_id, sequence, at, state, stage, done, total)
        VALUES ($run, $sequence, $at, $state, $stage, $done, $total)
        """,
        ("$run", runId),
        ("$sequence", added.Sequence),
        ("$at", added.At.ToUnixTimeMilliseconds()),
        ("$state", (int)added.State),
        ("$stage", added.Progress.Stage),
        ("$done", added.Progress.Done),
        ("$total", added.Progress.Total));

    private static Run Map(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        MapEvent(row, 7),
        row.GetInt32(4),
        row.TextOrNull(5),
        row.Time(6));

    private static RunEvent MapEvent(SqliteDataReader row, int first) => new(
        row.GetInt64(first),
        row.Time(first + 1),
        (RunState)row.GetInt32(first + 2),
        new RunProgress(row.GetString(first + 3), row.GetInt64(first + 4), row.GetInt64(first + 5)));
}
