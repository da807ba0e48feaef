namespace Linkage.Sidecar.Storage;

/// <content>What keeps calls repeatable beyond the life of a project.</content>
internal static partial class StoreSchema
{
    /// <summary>
    /// The keys that were used in deleted projects: a repeated creation is answered, and makes no second project.
    /// </summary>
    public const string DeletedRequests = """
        CREATE TABLE deleted_requests (
            caller TEXT NOT NULL,
            key TEXT NOT NULL,
            content_hash BLOB NOT NULL,
            answer TEXT NOT NULL,
            project_id TEXT NOT NULL REFERENCES deleted_projects (id) ON DELETE CASCADE,
            PRIMARY KEY (caller, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deleted_requests_of_project ON deleted_requests (project_id);
        """;
}
