namespace Linkage.Sidecar.Storage;

/// <content>What the services need beside the first layout.</content>
internal static partial class StoreSchema
{
    /// <summary>
    /// Who made and who proposed; all of the agreed terms; terms that a withdrawal made void; what a sender says of its
    /// file; what remains of a deleted project; tokens asked for by a key.
    /// </summary>
    public const string Version2 = """
        ALTER TABLE projects ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
        ALTER TABLE projects ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE projects ADD COLUMN void_version INTEGER NOT NULL DEFAULT 0;
        UPDATE projects SET updated_at = created_at;

        ALTER TABLE project_terms ADD COLUMN key_project TEXT NOT NULL DEFAULT '';
        ALTER TABLE project_terms ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE project_terms ADD COLUMN model_text TEXT;
        ALTER TABLE project_terms ADD COLUMN smallest_count INTEGER NOT NULL DEFAULT 10;
        ALTER TABLE project_terms ADD COLUMN proposed_by TEXT NOT NULL DEFAULT '';
        ALTER TABLE project_terms ADD COLUMN proposed_at INTEGER NOT NULL DEFAULT 0;

        ALTER TABLE uploads ADD COLUMN facts TEXT NOT NULL DEFAULT '';
        ALTER TABLE uploads ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1));

        CREATE TABLE deleted_projects (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            created_by TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            deleted_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE deleted_members (
            project_id TEXT NOT NULL REFERENCES deleted_projects (id) ON DELETE CASCADE,
            party TEXT NOT NULL,
            PRIMARY KEY (project_id, party)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE token_requests (
            caller TEXT NOT NULL,
            key TEXT NOT NULL,
            content_hash BLOB NOT NULL,
            token_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (caller, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX token_requests_by_token ON token_requests (token_id);
        """;
}
