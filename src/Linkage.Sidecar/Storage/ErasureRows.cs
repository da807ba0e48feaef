using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Removed records that files still have, within a transaction of the caller.</summary>
internal static class ErasureRows
{
    /// <summary>The projects with a record that was removed at a time or before and that a file still has.</summary>
    public static List<string> Due(SqliteConnection connection, long until) => connection.Query(
        """
        SELECT DISTINCT segments.project_id FROM removed_records
        JOIN segments ON segments.id = segment_id JOIN projects ON projects.id = segments.project_id
        WHERE erased = 0 AND doomed = 0 AND removed_at <= $until AND projects.state <> $deleting ORDER BY 1
        """,
        row => row.GetString(0),
        ("$until", until),
        ("$deleting", (int)ProjectState.Deleting));

    /// <summary>The files of a project that may have removed records, each with these, ordered by id.</summary>
    public static List<(Segment File, IReadOnlyList<string> Handles)> Pending(
        SqliteConnection connection, string projectId) =>
    [
        .. connection.Query(
                """
                SELECT segment_id, handle FROM removed_records JOIN segments ON segments.id = segment_id
                WHERE project_id = $project AND erased = 0 AND doomed = 0 ORDER BY segment_id, handle
                """,
                row => (SegmentId: row.GetString(0), Handle: Convert.ToHexStringLower(row.Bytes(1))),
                ("$project", projectId))
            .GroupBy(record => record.SegmentId, record => record.Handle, StringComparer.Ordinal)
            .Select(group => (SegmentRows.Find(connection, group.Key)!, (IReadOnlyList<string>)[.. group])),
    ];

    /// <summary>The link ids of all runs that linked one of some files, each with all files of its run, in
    /// order.</summary>
    public static List<(Segment Links, IReadOnlyList<Segment> Inputs)> Links(
        SqliteConnection connection, string projectId, IReadOnlyCollection<string> segmentIds) =>
    [
        .. SegmentRows.OfProject(connection, projectId)
            .Where(segment => segment.RunId is not null && segment.Name == AddedStore.LinksResult)
            .Select(links => (links, (IReadOnlyList<Segment>)SegmentRows.Inputs(connection, links.RunId!)))
            .Where(run => run.Item2.Any(input => segmentIds.Contains(input.Id))),
    ];

    /// <summary>Notes that no file has some records any more.</summary>
    public static void NoteErased(SqliteConnection connection, string segmentId, IEnumerable<string> handles)
    {
        foreach (string handle in handles)
        {
            connection.Execute(
                "UPDATE removed_records SET erased = 1 WHERE segment_id = $segment AND handle = $handle",
                ("$segment", segmentId),
                ("$handle", Convert.FromHexString(handle)));
        }
    }
}
