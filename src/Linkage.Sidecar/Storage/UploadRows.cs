using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Uploads in the database, within a transaction of the caller.</summary>
internal static class UploadRows
{
    private const string Columns = """
        id, project_id, party, idempotency_key, name, length, sha256, chunk_length, terms_version,
        CASE WHEN dropped = 1 THEN 2 WHEN expired = 1 THEN 3 ELSE state END, created_at, facts, touched_at,
        EXISTS (SELECT 1 FROM file_keys WHERE file_id = uploads.id)
        """;

    /// <summary>The upload; null if there is none or its project is being removed.</summary>
    public static Upload? Find(SqliteConnection connection, string id) => connection.Query(
        $"""
        SELECT {Columns} FROM uploads WHERE id = $id AND EXISTS (
            SELECT 1 FROM projects WHERE projects.id = project_id AND projects.state <> $deleting)
        """,
        row => Map(connection, row),
        ("$id", id),
        ("$deleting", (int)ProjectState.Deleting)).SingleOrDefault();

    /// <summary>The upload.</summary>
    /// <exception cref="StoreRefusedException">There is none, or its project is being removed.</exception>
    public static Upload Require(SqliteConnection connection, string id) =>
        Find(connection, id) ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such upload.");

    /// <summary>All uploads that chunks are accepted for, ordered by id.</summary>
    public static List<Upload> Receiving(SqliteConnection connection) => connection.Query(
        $"SELECT {Columns} FROM uploads WHERE state = $receiving ORDER BY id",
        row => Map(connection, row),
        ("$receiving", (int)UploadState.Receiving));

    /// <summary>A page of a project's uploads, of one party or of all, in the order in which they were begun.</summary>
    public static List<Upload> Page(
        SqliteConnection connection, string projectId, string? party, ListCursor after, int limit) => connection.Query(
        $"""
        SELECT {Columns} FROM uploads
        WHERE project_id = $project AND ($party IS NULL OR party = $party) AND (created_at, id) > ($at, $id)
        ORDER BY created_at, id LIMIT $limit
        """,
        row => Map(connection, row),
        ("$project", projectId),
        ("$party", party),
        ("$at", after.CreatedAt),
        ("$id", after.Id),
        ("$limit", limit));

    /// <summary>Takes a complete upload back: its file goes, and it counts as discarded.</summary>
    /// <remarks>Lookups go by all files of a run or none: what they rest on goes for each run it was in.</remarks>
    public static void Drop(SqliteConnection connection, string id)
    {
        connection.Execute(
            """
            UPDATE segments SET doomed = 1
            WHERE name = $links AND run_id IN (SELECT run_id FROM run_inputs WHERE segment_id = $id)
            """,
            ("$links", AddedStore.LinksResult),
            ("$id", id));
        connection.Execute("UPDATE uploads SET dropped = 1 WHERE id = $id", ("$id", id));
        connection.Execute("UPDATE segments SET doomed = 1 WHERE id = $id", ("$id", id));
    }

    /// <summary>Writes a new upload, of which nothing is acknowledged.</summary>
    public static void Insert(SqliteConnection connection, Upload upload) => connection.Execute(
        """
        INSERT INTO uploads (id, project_id, party, idempotency_key, name, length, sha256, chunk_length, terms_version,
            state, created_at, facts, touched_at)
        VALUES ($id, $project, $party, $key, $name, $length, $sha256, $chunk, $terms, $state, $now, $facts, $touched)
        """,
        ("$id", upload.Id),
        ("$project", upload.ProjectId),
        ("$party", upload.Party),
        ("$key", upload.IdempotencyKey),
        ("$name", upload.Plan.Name),
        ("$length", upload.Plan.Length),
        ("$sha256", upload.Plan.Sha256.ToArray()),
        ("$chunk", upload.Plan.ChunkLength),
        ("$terms", upload.TermsVersion),
        ("$state", (int)upload.State),
        ("$now", upload.CreatedAt.ToUnixTimeMilliseconds()),
        ("$facts", upload.Plan.Facts),
        ("$touched", upload.TouchedAt.ToUnixTimeMilliseconds()));

    /// <summary>Refuses a further upload of a party that is at its limit.</summary>
    /// <exception cref="StoreRefusedException">The party has too many open uploads, or bytes in them.</exception>
    public static void RequireRoom(SqliteConnection connection, string party, long length, StoreLimits limits)
    {
        const string Open = "FROM uploads WHERE party = $party AND state = $receiving";
        (string, object?)[] which = [("$party", party), ("$receiving", (int)UploadState.Receiving)];
        long count = connection.Scalar($"SELECT COUNT(*) {Open}", which);
        long bytes = connection.Scalar($"SELECT COALESCE(SUM(length), 0) {Open}", which);
        if (count >= limits.OpenUploads || length > limits.OpenUploadBytes - bytes)
        {
            throw new StoreRefusedException(
                StoreRefusal.TooManyUploads, "The party has too much under way: complete or discard an upload.");
        }
    }

    /// <summary>Notes that something of an upload came.</summary>
    public static void Touch(SqliteConnection connection, string id, long now) =>
        connection.Execute("UPDATE uploads SET touched_at = $now WHERE id = $id", ("$now", now), ("$id", id));

    /// <summary>Gives up the open uploads of which nothing has come since a time.</summary>
    /// <returns>Their ids; their part files are to be removed.</returns>
    public static List<string> Expire(SqliteConnection connection, long idleSince, IReadOnlySet<string> except)
    {
        List<string> idle = connection.Query(
            "SELECT id FROM uploads WHERE state = $receiving AND touched_at <= $since ORDER BY id",
            row => row.GetString(0),
            ("$receiving", (int)UploadState.Receiving),
            ("$since", idleSince));
        idle.RemoveAll(except.Contains);
        idle.ForEach(id => connection.Execute(
            "UPDATE uploads SET state = $discarded, expired = 1 WHERE id = $id",
            ("$discarded", (int)UploadState.Discarded),
            ("$id", id)));
        return idle;
    }

    /// <summary>Takes the upload to a state, if it may go there.</summary>
    public static void Move(SqliteConnection connection, Upload upload, UploadState to)
    {
        Transitions.OfUpload.Require(upload.State, to);
        connection.Execute(
            "UPDATE uploads SET state = $state WHERE id = $id", ("$state", (int)to), ("$id", upload.Id));
    }

    /// <summary>Acknowledges bytes: one row for as many as touch.</summary>
    /// <remarks>
    /// Rows never touch, so of those that begin before the new range only the last can reach it; without that bound
    /// every row before it would be read.
    /// </remarks>
    public static void AddRange(SqliteConnection connection, string uploadId, ByteRange added)
    {
        List<ByteRange> touching = connection.Query(
            """
            DELETE FROM upload_ranges WHERE upload_id = $upload AND range_start <= $end AND range_end >= $start
                AND range_start >= COALESCE((
                    SELECT MAX(range_start) FROM upload_ranges
                    WHERE upload_id = $upload AND range_start <= $start), $start)
            RETURNING range_start, range_end
            """,
            row => new ByteRange(row.GetInt64(0), row.GetInt64(1)),
            ("$upload", uploadId),
            ("$start", added.Start),
            ("$end", added.End));
        touching.Add(added);
        connection.Execute(
            "INSERT INTO upload_ranges (upload_id, range_start, range_end) VALUES ($upload, $start, $end)",
            ("$upload", uploadId),
            ("$start", touching.Min(range => range.Start)),
            ("$end", touching.Max(range => range.End)));
    }

    private static ByteRanges Ranges(SqliteConnection connection, string uploadId) => ByteRanges.OfAscending(
        connection.Query(
            "SELECT range_start, range_end FROM upload_ranges WHERE upload_id = $upload ORDER BY range_start",
            row => new ByteRange(row.GetInt64(0), row.GetInt64(1)),
            ("$upload", uploadId)));

    private static Upload Map(SqliteConnection connection, SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        new UploadPlan(row.GetString(4), row.GetInt64(5), row.Bytes(6), row.GetInt32(7))
        {
            Facts = row.GetString(11),
        },
        row.GetInt32(8),
        (UploadState)row.GetInt32(9),
        Ranges(connection, row.GetString(0)),
        row.Time(10))
    {
        TouchedAt = row.Time(12),
        IsSealed = row.GetBoolean(13),
    };
}
