using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Immutable files in the database, within a transaction of the caller.</summary>
internal static class SegmentRows
{
    private const string Columns =
        "id, project_id, party, run_id, kind, name, length, sha256, terms_version, created_at";

    private const string Selected =
        $"""
        {Columns}, segments.file_id,
        (SELECT chunk_length FROM file_keys WHERE file_id = COALESCE(segments.file_id, segments.id))
        """;

    /// <summary>The segment; null if there is none or it is to be removed.</summary>
    public static Segment? Find(SqliteConnection connection, string id) => connection.Query(
        $"SELECT {Selected} FROM segments WHERE id = $id AND doomed = 0", Map, ("$id", id)).SingleOrDefault();

    /// <summary>All segments that are to stay, ordered by id.</summary>
    public static List<Segment> All(SqliteConnection connection) =>
        connection.Query($"SELECT {Selected} FROM segments WHERE doomed = 0 ORDER BY id", Map);

    /// <summary>All segments of a project that are to stay, ordered by id.</summary>
    public static List<Segment> OfProject(SqliteConnection connection, string projectId) => connection.Query(
        $"SELECT {Selected} FROM segments WHERE project_id = $project AND doomed = 0 ORDER BY id",
        Map,
        ("$project", projectId));

    /// <summary>The encoded files of a project, oldest first; of one party only, if one is given.</summary>
    public static List<Segment> Encodings(SqliteConnection connection, string projectId, string? party) =>
        connection.Query(
            $"""
            SELECT {Selected} FROM segments
            WHERE project_id = $project AND ($party IS NULL OR party = $party) AND kind = $encoding AND doomed = 0
            ORDER BY created_at, id
            """,
            Map,
            ("$project", projectId),
            ("$party", party),
            ("$encoding", (int)SegmentKind.Encoding));

    /// <summary>The results of a run, by kind.</summary>
    public static List<Segment> Results(SqliteConnection connection, string runId) => connection.Query(
        $"SELECT {Selected} FROM segments WHERE run_id = $run AND doomed = 0 ORDER BY kind, name",
        Map,
        ("$run", runId));

    /// <summary>The encoded files a run links, in the order given when it was started.</summary>
    public static List<Segment> Inputs(SqliteConnection connection, string runId) => connection.Query(
        $"""
        SELECT {Selected} FROM segments JOIN (
            SELECT segment_id, place FROM run_inputs WHERE run_inputs.run_id = $run) ON segment_id = id
        WHERE doomed = 0 ORDER BY place
        """,
        Map,
        ("$run", runId));

    /// <summary>Writes a new segment.</summary>
    public static void Insert(SqliteConnection connection, Segment segment) => connection.Execute(
        $"""
        INSERT INTO segments ({Columns})
        VALUES ($id, $project, $party, $run, $kind, $name, $length, $sha256, $terms, $now)
        """,
        ("$id", segment.Id),
        ("$project", segment.ProjectId),
        ("$party", segment.Party),
        ("$run", segment.RunId),
        ("$kind", (int)segment.Kind),
        ("$name", segment.Name),
        ("$length", segment.Length),
        ("$sha256", segment.Sha256.ToArray()),
        ("$terms", segment.TermsVersion),
        ("$now", segment.CreatedAt.ToUnixTimeMilliseconds()));

    /// <summary>Gives a segment another file; the one it has is to be removed.</summary>
    public static void Replace(SqliteConnection connection, Segment old, Segment fresh)
    {
        connection.Execute(
            "UPDATE segments SET file_id = $file, length = $length, sha256 = $sha256 WHERE id = $id",
            ("$id", old.Id),
            ("$file", fresh.FileId),
            ("$length", fresh.Length),
            ("$sha256", fresh.Sha256.ToArray()));
        connection.Execute(
            "INSERT INTO replaced_files (file_id, kind) VALUES ($file, $kind)",
            ("$file", old.FileId),
            ("$kind", (int)old.Kind));
    }

    private static Segment Map(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.TextOrNull(2),
        row.TextOrNull(3),
        (SegmentKind)row.GetInt32(4),
        row.GetString(5),
        row.GetInt64(6),
        row.Bytes(7),
        row.GetInt32(8),
        row.Time(9))
    {
        FileId = row.TextOrNull(10) ?? row.GetString(0),
        SealedChunk = row.IsDBNull(11) ? null : row.GetInt32(11),
    };
}
