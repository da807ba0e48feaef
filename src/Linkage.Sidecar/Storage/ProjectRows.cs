using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Projects and parties in the database, within a transaction of the caller.</summary>
internal static class ProjectRows
{
    private const string Columns = """
        id, name, state, terms_version, created_at, created_by, updated_at, void_version,
        (SELECT COUNT(*) FROM runs WHERE project_id = projects.id AND state IN (0, 1)) AS under_way,
        (SELECT COUNT(*) FROM runs WHERE project_id = projects.id AND state = 2) AS succeeded
        """;

    /// <summary>The project; null if there is none or it is being removed.</summary>
    public static Project? Find(SqliteConnection connection, string id) => connection.Query(
        $"SELECT {Columns} FROM projects WHERE id = $id AND state <> $deleting",
        row => Map(connection, row),
        ("$id", id),
        ("$deleting", (int)ProjectState.Deleting)).SingleOrDefault();

    /// <summary>The project.</summary>
    /// <exception cref="StoreRefusedException">There is none, or it is being removed.</exception>
    public static Project Require(SqliteConnection connection, string id) =>
        Find(connection, id) ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such project.");

    /// <summary>A project that accepts data.</summary>
    /// <exception cref="StoreRefusedException">There is none, or its parties have not agreed.</exception>
    public static Project RequireAgreed(SqliteConnection connection, string id)
    {
        Project project = Require(connection, id);
        return project.State == ProjectState.Agreed
            ? project
            : throw new StoreRefusedException(
                StoreRefusal.WrongState, $"The project is {project.State}; it must be {ProjectState.Agreed}.");
    }

    /// <summary>A party of the project that has not withdrawn.</summary>
    /// <exception cref="StoreRefusedException">There is none.</exception>
    public static Party RequireParty(Project project, string name) =>
        project.Parties.FirstOrDefault(party => party.Name == name && party.State != PartyState.Withdrawn)
        ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such party in the project.");

    /// <summary>Writes a new project without terms.</summary>
    public static void Insert(SqliteConnection connection, string id, string name, string createdBy, long now) =>
        connection.Execute(
        """
        INSERT INTO projects (id, name, state, terms_version, created_at, created_by, updated_at)
        VALUES ($id, $name, $state, 0, $now, $creator, $now)
        """,
        ("$id", id),
        ("$name", name),
        ("$creator", createdBy),
        ("$state", (int)ProjectState.Proposed),
        ("$now", now));

    /// <summary>Takes the project to a state, if it may go there.</summary>
    public static void Move(SqliteConnection connection, Project project, ProjectState to)
    {
        Transitions.OfProject.Require(project.State, to);
        connection.Execute(
            "UPDATE projects SET state = $state WHERE id = $id", ("$state", (int)to), ("$id", project.Id));
    }

    /// <summary>Writes a new party.</summary>
    public static void InsertParty(SqliteConnection connection, string projectId, string name) => connection.Execute(
        "INSERT INTO parties (project_id, name, state) VALUES ($project, $name, $state)",
        ("$project", projectId),
        ("$name", name),
        ("$state", (int)PartyState.Invited));

    /// <summary>Takes the party to a state, if it may go there.</summary>
    public static void MoveParty(SqliteConnection connection, string projectId, Party party, PartyState to)
    {
        Transitions.OfParty.Require(party.State, to);
        connection.Execute(
            "UPDATE parties SET state = $state WHERE project_id = $project AND name = $name",
            ("$state", (int)to),
            ("$project", projectId),
            ("$name", party.Name));
    }

    /// <summary>Puts terms in force under the next number, which no one has approved yet.</summary>
    public static void InsertTerms(
        SqliteConnection connection, Project project, ProjectTerms terms, string proposedBy, long now)
    {
        int version = project.TermsVersion + 1;
        connection.Execute(
            """
            INSERT INTO project_terms (project_id, version, encoding_fingerprint, linkage_fingerprint, key_id,
                check_value, schema_text, output, key_project, epoch, model_text, smallest_count, proposed_by,
                proposed_at)
            VALUES ($project, $version, $encoding, $linkage, $key, $check, $schema, $output, $keyProject, $epoch,
                $model, $smallest, $by, $now)
            """,
            ("$project", project.Id),
            ("$version", version),
            ("$encoding", terms.EncodingFingerprint),
            ("$linkage", terms.LinkageFingerprint),
            ("$key", terms.KeyId),
            ("$check", terms.CheckValue),
            ("$schema", terms.SchemaText),
            ("$output", (int)terms.Output),
            ("$keyProject", terms.KeyProject),
            ("$epoch", terms.Epoch),
            ("$model", terms.ModelText),
            ("$smallest", terms.SmallestCount),
            ("$by", proposedBy),
            ("$now", now));
        connection.Execute(
            "UPDATE projects SET terms_version = $version WHERE id = $id", ("$version", version), ("$id", project.Id));
    }

    /// <summary>Makes the terms there are void: they were agreed in another circle.</summary>
    public static void VoidTerms(SqliteConnection connection, string id) => connection.Execute(
        "UPDATE projects SET void_version = terms_version WHERE id = $id", ("$id", id));

    /// <summary>Notes the time of a change.</summary>
    public static void Touch(SqliteConnection connection, string id, long now) => connection.Execute(
        "UPDATE projects SET updated_at = $now WHERE id = $id", ("$id", id), ("$now", now));

    private static Project Map(SqliteConnection connection, SqliteDataReader row)
    {
        string id = row.GetString(0);
        int version = row.GetInt32(3);
        Project project = new(
            id,
            row.GetString(1),
            (ProjectState)row.GetInt32(2),
            version,
            Terms: null,
            Parties(connection, id, version),
            row.Time(4))
        {
            CreatedBy = row.GetString(5),
            UpdatedAt = row.Time(6),
            Work = row.GetInt64(8) > 0 ? ProjectWork.UnderWay
                : row.GetInt64(9) > 0 ? ProjectWork.HasResults
                : ProjectWork.None,
        };
        return version > row.GetInt32(7) ? WithTerms(connection, project) : project;
    }

    private static Project WithTerms(SqliteConnection connection, Project project) => connection.Query(
        """
        SELECT encoding_fingerprint, linkage_fingerprint, key_id, check_value, schema_text, output, key_project, epoch,
            model_text, smallest_count, proposed_by, proposed_at
        FROM project_terms WHERE project_id = $id AND version = $version
        """,
        row => project with
        {
            Terms = MapTerms(row),
            ProposedBy = row.GetString(10),
            ProposedAt = row.Time(11),
        },
        ("$id", project.Id),
        ("$version", project.TermsVersion)).Single();

    private static ProjectTerms MapTerms(SqliteDataReader row) => new()
    {
        EncodingFingerprint = row.GetString(0),
        LinkageFingerprint = row.GetString(1),
        KeyId = row.GetString(2),
        CheckValue = row.GetString(3),
        SchemaText = row.GetString(4),
        Output = (OutputType)row.GetInt32(5),
        KeyProject = row.GetString(6),
        Epoch = row.GetInt32(7),
        ModelText = row.TextOrNull(8),
        SmallestCount = row.GetInt32(9),
    };

    private static List<Party> Parties(SqliteConnection connection, string id, int version) => connection.Query(
        """
        SELECT name, state, approved_at FROM parties
        LEFT JOIN approvals ON approvals.project_id = parties.project_id AND party = name AND version = $version
        WHERE parties.project_id = $id ORDER BY parties.rowid
        """,
        row => new Party(
            row.GetString(0),
            (PartyState)row.GetInt32(1),
            row.IsDBNull(2) ? null : new Approval(version, row.Time(2))),
        ("$id", id),
        ("$version", version));
}
