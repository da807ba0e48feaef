using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>What remains of deleted projects, within a transaction of the caller.</summary>
internal static class DeletedProjects
{
    /// <summary>
    /// Keeps name, times, the members, so that nobody else is told of it, and which requests were carried out in it.
    /// </summary>
    public static void Insert(SqliteConnection connection, Project project, long now)
    {
        connection.Execute(
            """
            INSERT INTO deleted_projects (id, name, created_by, created_at, deleted_at)
            VALUES ($id, $name, $creator, $created, $now)
            """,
            ("$id", project.Id),
            ("$name", project.Name),
            ("$creator", project.CreatedBy),
            ("$created", project.CreatedAt.ToUnixTimeMilliseconds()),
            ("$now", now));
        connection.Execute(
            """
            INSERT INTO deleted_requests (caller, key, content_hash, answer, project_id)
            SELECT caller, key, content_hash, answer, project_id FROM idempotency WHERE project_id = $id
            """,
            ("$id", project.Id));
        foreach (Party party in project.Parties.Where(party => party.State != PartyState.Withdrawn))
        {
            connection.Execute(
                "INSERT INTO deleted_members (project_id, party) VALUES ($id, $party)",
                ("$id", project.Id),
                ("$party", party.Name));
        }
    }

    /// <summary>What remains of a project; null if it was never deleted.</summary>
    public static Project? Find(SqliteConnection connection, string id) => connection.Query(
        "SELECT id, name, created_by, created_at, deleted_at FROM deleted_projects WHERE id = $id",
        row => new Project(
            row.GetString(0),
            row.GetString(1),
            ProjectState.Deleting,
            TermsVersion: 0,
            Terms: null,
            Members(connection, row.GetString(0)),
            row.Time(3))
        {
            CreatedBy = row.GetString(2),
            UpdatedAt = row.Time(4),
            DeletedAt = row.Time(4),
        },
        ("$id", id)).SingleOrDefault();

    private static List<Party> Members(SqliteConnection connection, string id) => connection.Query(
        "SELECT party FROM deleted_members WHERE project_id = $id ORDER BY party",
        row => new Party(row.GetString(0), PartyState.Invited, Approval: null),
        ("$id", id));
}
