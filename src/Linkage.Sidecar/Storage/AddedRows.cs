using Linkage.Sidecar.Storage.Encryption;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Records that come and go after a run, within a transaction of the caller.</summary>
internal static partial class AddedRows
{
    /// <summary>The newest run of a project that has a result of a name; null if there is none.</summary>
    public static string? NewestRun(SqliteConnection connection, string projectId, string result) => connection.Query(
        """
        SELECT runs.id FROM runs JOIN segments ON segments.run_id = runs.id
        WHERE runs.project_id = $project AND runs.state = $done AND segments.name = $result AND doomed = 0
        ORDER BY queue_number DESC LIMIT 1
        """,
        row => row.GetString(0),
        ("$project", projectId),
        ("$done", (int)RunState.Done),
        ("$result", result)).SingleOrDefault();

    /// <summary>All that has happened to a run's records.</summary>
    public static LiveRows Load(
        SqliteConnection connection, ProjectCipher cipher, string projectId, string runId) => new(
        SegmentRows.Inputs(connection, runId),
        Files(connection, cipher, runId),
        Removed(connection, runId),
        Decided(connection, projectId),
        Relinked(connection, runId));

    /// <summary>Writes a change.</summary>
    public static LiveReceipt Write(SqliteConnection connection, ProjectCipher cipher, LiveEdit edit, long now)
    {
        long addedId = edit.Added is { } added ? Insert(connection, cipher, edit.ProjectId, added, now) : 0;

        foreach (long adopted in edit.Adopted)
        {
            connection.Execute(
                "UPDATE added_files SET run_id = $run WHERE id = $id", ("$run", edit.RunId), ("$id", adopted));
        }

        foreach (RemovedRecord removed in edit.Removed)
        {
            Remove(connection, edit.ProjectId, removed, now);
        }

        foreach (ReducedAddition reduced in edit.Reduced)
        {
            Reduce(connection, cipher, reduced.Id, reduced.Handles);
        }

        if (edit.Decided is { } decided)
        {
            Decide(connection, edit.ProjectId, decided, now);
        }

        return InsertChanges(connection, edit, now) with { AddedId = addedId };
    }

    /// <summary>The changes after a number; of one party's records only, if one is given.</summary>
    public static List<LinkChange> Changes(
        SqliteConnection connection, string projectId, long after, string? party, int limit)
    {
        List<(long Sequence, LinkChangeKind Kind, DateTimeOffset At)> heads = connection.Query(
            """
            SELECT sequence, kind, changed_at FROM link_changes AS change
            WHERE project_id = $project AND sequence > $after AND EXISTS (
                SELECT 1 FROM relinked_records AS record
                WHERE record.project_id = change.project_id AND record.sequence = change.sequence
                    AND ($party IS NULL OR record.party = $party))
            ORDER BY sequence LIMIT $limit
            """,
            row => (row.GetInt64(0), (LinkChangeKind)row.GetInt32(1), row.Time(2)),
            ("$project", projectId),
            ("$after", after),
            ("$party", party),
            ("$limit", limit));
        return
        [
            .. heads.Select(head => new LinkChange(
                head.Sequence, head.Kind, RecordsOf(connection, projectId, head.Sequence, party), head.At)),
        ];
    }

    /// <summary>Forgets the records a party added, what was decided of its records, and what changes there were of
    /// link ids, since the run is at an end. The others' added records stay, for the next run.</summary>
    public static void ForgetParty(SqliteConnection connection, string projectId, string party)
    {
        connection.Execute(
            "DELETE FROM added_files WHERE project_id = $project AND party = $party",
            ("$project", projectId),
            ("$party", party));
        connection.Execute(
            """
            DELETE FROM removed_records WHERE segment_id IN (
                SELECT id FROM segments WHERE project_id = $project AND party = $party)
            """,
            ("$project", projectId),
            ("$party", party));
        connection.Execute(
            "DELETE FROM decided_pairs WHERE project_id = $project AND $party IN (left_party, right_party)",
            ("$project", projectId),
            ("$party", party));
        connection.Execute("DELETE FROM relinked_records WHERE project_id = $project", ("$project", projectId));
    }

    /// <summary>Forgets the changes of link ids that came of a run: they are results, too.</summary>
    public static void ForgetChanges(SqliteConnection connection, string runId) =>
        connection.Execute("DELETE FROM link_changes WHERE run_id = $run", ("$run", runId));

    /// <summary>Forgets all of a project.</summary>
    public static void ForgetAll(SqliteConnection connection, string projectId)
    {
        connection.Execute("DELETE FROM added_files WHERE project_id = $project", ("$project", projectId));
        connection.Execute("DELETE FROM decided_pairs WHERE project_id = $project", ("$project", projectId));
        connection.Execute("DELETE FROM link_changes WHERE project_id = $project", ("$project", projectId));
    }

    /// <summary>What persons have decided, oldest first.</summary>
    public static List<DecidedPair> Decided(SqliteConnection connection, string projectId) => connection.Query(
        """
        SELECT left_party, left_handle, right_party, right_handle, is_match FROM decided_pairs
        WHERE project_id = $project ORDER BY decided_at, left_party, left_handle, right_party, right_handle
        """,
        row => new DecidedPair(
            row.GetString(0), Hex(row.Bytes(1)), row.GetString(2), Hex(row.Bytes(3)), row.GetBoolean(4)),
        ("$project", projectId));

    // A row may move to another run; the file it adds to stays.
    private static string PlaceOf(string segmentId, string party) => $"added_files|{segmentId}|{party}";

    private static List<AddedFile> Files(
        SqliteConnection connection, ProjectCipher cipher, string runId) => connection.Query(
        """
        SELECT id, added_files.segment_id, added_files.run_id, party, content
        FROM added_files JOIN run_inputs ON run_inputs.segment_id = added_files.segment_id
        WHERE run_inputs.run_id = $run ORDER BY id
        """,
        row => new AddedFile(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            cipher.Open(PlaceOf(row.GetString(1), row.GetString(3)), row.Bytes(4))),
        ("$run", runId));

    private static List<RemovedRecord> Removed(SqliteConnection connection, string runId) => connection.Query(
        """
        SELECT removed_records.segment_id, party, handle
        FROM removed_records
        JOIN run_inputs ON run_inputs.segment_id = removed_records.segment_id
        JOIN segments ON segments.id = removed_records.segment_id
        WHERE run_inputs.run_id = $run ORDER BY party, handle
        """,
        row => new RemovedRecord(row.GetString(0), row.GetString(1), Hex(row.Bytes(2))),
        ("$run", runId));

    private static List<RelinkedRecord> Relinked(SqliteConnection connection, string runId) => connection.Query(
        """
        SELECT party, handle, old_link, new_link FROM relinked_records
        JOIN link_changes USING (project_id, sequence)
        WHERE run_id = $run ORDER BY sequence, place
        """,
        MapRelinked,
        ("$run", runId));

    private static List<RelinkedRecord> RecordsOf(
        SqliteConnection connection, string projectId, long sequence, string? party) => connection.Query(
        """
        SELECT party, handle, old_link, new_link FROM relinked_records
        WHERE project_id = $project AND sequence = $sequence AND ($party IS NULL OR party = $party)
        ORDER BY place
        """,
        MapRelinked,
        ("$project", projectId),
        ("$sequence", sequence),
        ("$party", party));

    private static long Insert(
        SqliteConnection connection, ProjectCipher cipher, string projectId, AddedFile added, long now) =>
        connection.Scalar(
            """
            INSERT INTO added_files (project_id, segment_id, run_id, party, content, created_at)
            VALUES ($project, $segment, $run, $party, $content, $now) RETURNING id
            """,
            ("$project", projectId),
            ("$segment", added.SegmentId),
            ("$run", added.RunId),
            ("$party", added.Party),
            ("$content", cipher.Seal(PlaceOf(added.SegmentId, added.Party), added.Content.Span)),
            ("$now", now));

    // What was decided of a record goes with it. A party may have sent the same file more than once.
    private static void Remove(SqliteConnection connection, string projectId, RemovedRecord removed, long now)
    {
        byte[] handle = Convert.FromHexString(removed.Handle);
        connection.Execute(
            """
            INSERT INTO removed_records (segment_id, handle, removed_at, erased)
            SELECT id, $handle, $now, $added FROM segments
            WHERE project_id = $project AND party = $party AND doomed = 0 AND ($added = 0 OR id = $segment)
            ON CONFLICT DO NOTHING
            """,
            ("$project", projectId),
            ("$party", removed.Party),
            ("$segment", removed.SegmentId),
            ("$added", removed.WasAdded ? 1 : 0),
            ("$handle", handle),
            ("$now", now));
        connection.Execute(
            """
            DELETE FROM decided_pairs WHERE project_id = $project AND (
                (left_party = $party AND left_handle = $handle) OR (right_party = $party AND right_handle = $handle))
            """,
            ("$project", projectId),
            ("$party", removed.Party),
            ("$handle", handle));
    }

    private static void Decide(SqliteConnection connection, string projectId, DecidedPair decided, long now) =>
        connection.Execute(
            """
            INSERT INTO decided_pairs (
                project_id, left_party, left_handle, right_party, right_handle, is_match, decided_at)
            VALUES ($project, $leftParty, $left, $rightParty, $right, $match, $now)
            ON CONFLICT DO UPDATE SET is_match = excluded.is_match, decided_at = excluded.decided_at
            """,
            ("$project", projectId),
            ("$leftParty", decided.LeftParty),
            ("$left", Convert.FromHexString(decided.LeftHandle)),
            ("$rightParty", decided.RightParty),
            ("$right", Convert.FromHexString(decided.RightHandle)),
            ("$match", decided.IsMatch ? 1 : 0),
            ("$now", now));

    private static LiveReceipt InsertChanges(SqliteConnection connection, LiveEdit edit, long now)
    {
        long before = connection.Scalar(
            "SELECT COALESCE(MAX(sequence), 0) FROM link_changes WHERE project_id = $project",
            ("$project", edit.ProjectId));
        foreach ((int number, LinkChange change) in edit.Changes.Index())
        {
            long sequence = before + 1 + number;
            connection.Execute(
                """
                INSERT INTO link_changes (project_id, sequence, run_id, kind, changed_at)
                VALUES ($project, $sequence, $run, $kind, $now)
                """,
                ("$project", edit.ProjectId),
                ("$sequence", sequence),
                ("$run", edit.RunId),
                ("$kind", (int)change.Kind),
                ("$now", now));
            foreach ((int place, RelinkedRecord record) in change.Records.Index())
            {
                InsertRecord(connection, edit.ProjectId, sequence, place, record);
            }
        }

        return edit.Changes.Count == 0
            ? new LiveReceipt(0, 0, edit.DroppedRows, AddedId: 0)
            : new LiveReceipt(before + 1, before + edit.Changes.Count, edit.DroppedRows, AddedId: 0);
    }

    private static void InsertRecord(
        SqliteConnection connection, string projectId, long sequence, int place, RelinkedRecord record) =>
        connection.Execute(
            """
            INSERT INTO relinked_records (project_id, sequence, place, party, handle, old_link, new_link)
            VALUES ($project, $sequence, $place, $party, $handle, $old, $new)
            """,
            ("$project", projectId),
            ("$sequence", sequence),
            ("$place", place),
            ("$party", record.Party),
            ("$handle", Convert.FromHexString(record.Handle)),
            ("$old", record.OldLinkId is { } old ? Convert.FromHexString(old) : null),
            ("$new", record.NewLinkId is { } now ? Convert.FromHexString(now) : null));

    private static RelinkedRecord MapRelinked(SqliteDataReader row) => new(
        row.GetString(0),
        Hex(row.Bytes(1)),
        row.IsDBNull(2) ? null : Hex(row.Bytes(2)),
        row.IsDBNull(3) ? null : Hex(row.Bytes(3)));

    private static string Hex(byte[] id) => Convert.ToHexStringLower(id);
}
