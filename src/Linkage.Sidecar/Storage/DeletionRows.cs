using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Deletions for which a certificate is owed, within a transaction of the caller.</summary>
internal static class DeletionRows
{
    /// <summary>Marks files for removal and notes which, so that no crash can leave one out of its
    /// certificate.</summary>
    public static void Note(
        SqliteConnection connection,
        string projectId,
        (DeletionReason Reason, string Clause) why,
        long now,
        Action mark)
    {
        List<Segment> before = SegmentRows.OfProject(connection, projectId);
        bool hasKey = connection.Scalar(
            "SELECT COUNT(*) FROM project_keys WHERE project_id = $project", ("$project", projectId)) > 0;
        mark();
        HashSet<string> left = [.. SegmentRows.OfProject(connection, projectId).Select(segment => segment.Id)];
        DeletedFile[] files =
        [
            .. before.Where(segment => !left.Contains(segment.Id))
                .Select(segment => FileOf(segment) with { Id = segment.Id }),
        ];
        bool isProject = why.Reason == DeletionReason.ProjectDeleted;
        if (files.Length > 0 || isProject)
        {
            Insert(connection, new Deletion(
                StoreIds.Create(),
                projectId,
                why.Reason,
                why.Clause,
                DateTimeOffset.FromUnixTimeMilliseconds(now),
                isProject && hasKey,
                files));
        }
    }

    /// <summary>Notes files that gave way to others without the records that their party removed.</summary>
    public static void NoteReplaced(
        SqliteConnection connection, string projectId, long now, IEnumerable<Segment> replaced) => Insert(
        connection,
        new Deletion(
            StoreIds.Create(),
            projectId,
            DeletionReason.RecordsRemoved,
            Clause: string.Empty,
            DateTimeOffset.FromUnixTimeMilliseconds(now),
            ProjectKeyWiped: false,
            [.. replaced.Select(FileOf).OrderBy(file => file.Id, StringComparer.Ordinal)]));

    /// <summary>The deletions that are carried out and not certified, oldest first.</summary>
    /// <remarks>One whose files are not all gone yet waits.</remarks>
    public static List<Deletion> CarriedOut(SqliteConnection connection)
    {
        HashSet<string> doomed =
        [
            .. RemovalRows.Doomed(connection).Select(segment => segment.Id),
            .. RemovalRows.Replaced(connection).Select(file => file.FileId),
        ];
        return
        [
            .. connection.Query("SELECT content FROM deletions ORDER BY rowid", row => Parse(row.GetString(0)))
                .Where(deletion => !deletion.Files.Any(file => doomed.Contains(file.Id))),
        ];
    }

    /// <summary>Forgets a deletion that is certified.</summary>
    public static void Forget(SqliteConnection connection, string id) =>
        connection.Execute("DELETE FROM deletions WHERE id = $id", ("$id", id));

    private static void Insert(SqliteConnection connection, Deletion deletion) => connection.Execute(
        "INSERT INTO deletions (id, project_id, content) VALUES ($id, $project, $content)",
        ("$id", deletion.Id),
        ("$project", deletion.ProjectId),
        ("$content", JsonSerializer.Serialize(deletion, StorageJson.Default.Deletion)));

    private static Deletion Parse(string content) =>
        JsonSerializer.Deserialize(content, StorageJson.Default.Deletion)
        ?? throw new StoreDamagedException("A note of a deletion has changed.");

    private static DeletedFile FileOf(Segment segment) => new(
        segment.FileId,
        segment.Kind.ToString().ToLowerInvariant(),
        segment.Party,
        segment.Length,
        Convert.ToHexStringLower(segment.Sha256.Span),
        segment.SealedChunk is not null);
}
