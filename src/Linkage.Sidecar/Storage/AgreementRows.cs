using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Agreements in the database, within a transaction of the caller.</summary>
internal static class AgreementRows
{
    private const string ReleaseColumns = """
        id, project_id, digest, asking, asked, purpose, case_reference, state, citation, created_at, due_at,
        answered_at, expires_at
        """;

    /// <summary>All proposals of a project, in the order in which they were made.</summary>
    public static IReadOnlyList<AgreementVersion> List(SqliteConnection connection, string projectId)
    {
        ILookup<string, StoredSignature> signatures = connection.Query(
            """
            SELECT digest, party, signature, arrived_at FROM agreement_signatures
            WHERE project_id = $project ORDER BY rowid
            """,
            row => (Digest: row.GetString(0), new StoredSignature(row.GetString(1), row.GetString(2), row.Time(3))),
            ("$project", projectId)).ToLookup(row => row.Digest, row => row.Item2);
        return connection.Query(
            """
            SELECT number, digest, version, document, signers, proposed_at FROM agreements
            WHERE project_id = $project ORDER BY number
            """,
            row => new AgreementVersion(
                row.GetInt32(0),
                row.GetString(1),
                row.GetInt32(2),
                row.GetString(3),
                row.GetInt32(4),
                row.Time(5),
                [.. signatures[row.GetString(1)]]),
            ("$project", projectId));
    }

    /// <summary>Writes a proposal under the next number.</summary>
    public static void Insert(SqliteConnection connection, string projectId, AgreementPlan plan, long now) =>
        connection.Execute(
            """
            INSERT INTO agreements (project_id, number, digest, version, document, signers, proposed_at)
            SELECT $project, COALESCE(MAX(number), 0) + 1, $digest, $version, $document, $signers, $now
            FROM agreements WHERE project_id = $project
            """,
            ("$project", projectId),
            ("$digest", plan.Digest),
            ("$version", plan.Version),
            ("$document", plan.DocumentText),
            ("$signers", plan.Parties.Count),
            ("$now", now));

    /// <summary>Forgets a proposal that not all have signed, with its signatures.</summary>
    public static void Remove(SqliteConnection connection, string projectId, string digest) => connection.Execute(
        "DELETE FROM agreements WHERE project_id = $project AND digest = $digest",
        ("$project", projectId),
        ("$digest", digest));

    /// <summary>Writes a signature; one that is there stays.</summary>
    public static void Sign(
        SqliteConnection connection, string projectId, string digest, string party, string text, long now) =>
        connection.Execute(
            """
            INSERT INTO agreement_signatures (project_id, digest, party, signature, arrived_at)
            VALUES ($project, $digest, $party, $text, $now) ON CONFLICT DO NOTHING
            """,
            ("$project", projectId),
            ("$digest", digest),
            ("$party", party),
            ("$text", text),
            ("$now", now));

    /// <summary>Who has withdrawn from the agreement, and when.</summary>
    public static IReadOnlyDictionary<string, DateTimeOffset> Withdrawals(
        SqliteConnection connection, string projectId) => connection.Query(
        "SELECT party, withdrawn_at FROM agreement_withdrawals WHERE project_id = $project",
        row => (Party: row.GetString(0), At: row.Time(1)),
        ("$project", projectId)).ToDictionary(row => row.Party, row => row.At, StringComparer.Ordinal);

    /// <summary>Notes a withdrawal; the first one stays.</summary>
    public static void Withdraw(SqliteConnection connection, string projectId, string party, long now) =>
        connection.Execute(
            """
            INSERT INTO agreement_withdrawals (project_id, party, withdrawn_at)
            VALUES ($project, $party, $now) ON CONFLICT DO NOTHING
            """,
            ("$project", projectId),
            ("$party", party),
            ("$now", now));

    /// <summary>Writes a request for release.</summary>
    public static void Insert(SqliteConnection connection, AgreementRelease release) => connection.Execute(
        """
        INSERT INTO agreement_releases (id, project_id, digest, asking, asked, purpose, case_reference, state,
            created_at, due_at)
        VALUES ($id, $project, $digest, $asking, $asked, $purpose, $case, $state, $created, $due)
        """,
        ("$id", release.Id),
        ("$project", release.ProjectId),
        ("$digest", release.AgreementDigest),
        ("$asking", release.AskingParty),
        ("$asked", release.AskedParty),
        ("$purpose", release.Purpose),
        ("$case", release.CaseReference),
        ("$state", (int)release.State),
        ("$created", release.CreatedAt.ToUnixTimeMilliseconds()),
        ("$due", release.DueAt.ToUnixTimeMilliseconds()));

    /// <summary>Writes the answer to a request.</summary>
    public static void Answer(SqliteConnection connection, AgreementRelease release) => connection.Execute(
        """
        UPDATE agreement_releases
        SET state = $state, citation = $citation, answered_at = $answered, expires_at = $expires WHERE id = $id
        """,
        ("$id", release.Id),
        ("$state", (int)release.State),
        ("$citation", release.Citation),
        ("$answered", release.AnsweredAt?.ToUnixTimeMilliseconds()),
        ("$expires", release.ExpiresAt?.ToUnixTimeMilliseconds()));

    /// <summary>A request; null if there is none of the id in the project.</summary>
    public static AgreementRelease? FindRelease(SqliteConnection connection, string projectId, string id) =>
        connection.Query(
            $"SELECT {ReleaseColumns} FROM agreement_releases WHERE project_id = $project AND id = $id",
            MapRelease,
            ("$project", projectId),
            ("$id", id)).SingleOrDefault();

    /// <summary>All requests of a party to another, for a case and a purpose.</summary>
    public static IReadOnlyList<AgreementRelease> ListReleases(
        SqliteConnection connection,
        string projectId,
        string asking,
        string asked,
        string purpose,
        string caseReference) => connection.Query(
        $"""
        SELECT {ReleaseColumns} FROM agreement_releases
        WHERE project_id = $project AND case_reference = $case AND asking = $asking AND asked = $asked
            AND purpose = $purpose
        """,
        MapRelease,
        ("$project", projectId),
        ("$case", caseReference),
        ("$asking", asking),
        ("$asked", asked),
        ("$purpose", purpose));

    /// <summary>Requests of a version that have not been answered.</summary>
    public static IReadOnlyList<AgreementRelease> ListWaiting(
        SqliteConnection connection, string projectId, string digest) => connection.Query(
        $"""
        SELECT {ReleaseColumns} FROM agreement_releases
        WHERE project_id = $project AND digest = $digest AND state = 0
        """,
        MapRelease,
        ("$project", projectId),
        ("$digest", digest));

    /// <summary>How many requests of the same party and version have not been answered.</summary>
    public static long CountWaiting(SqliteConnection connection, AgreementRelease like) => connection.Scalar(
        """
        SELECT COUNT(*) FROM agreement_releases
        WHERE project_id = $project AND digest = $digest AND asking = $asking AND state = 0
        """,
        ("$project", like.ProjectId),
        ("$digest", like.AgreementDigest),
        ("$asking", like.AskingParty));

    private static AgreementRelease MapRelease(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        ProjectId = row.GetString(1),
        AgreementDigest = row.GetString(2),
        AskingParty = row.GetString(3),
        AskedParty = row.GetString(4),
        Purpose = row.GetString(5),
        CaseReference = row.GetString(6),
        State = (ReleaseState)row.GetInt32(7),
        Citation = row.GetString(8),
        CreatedAt = row.Time(9),
        DueAt = row.Time(10),
        AnsweredAt = row.IsDBNull(11) ? null : row.Time(11),
        ExpiresAt = row.IsDBNull(12) ? null : row.Time(12),
    };
}
