namespace Linkage.Sidecar.Storage;

/// <content>Encryption at rest, and what is owed after a deletion.</content>
internal static partial class StoreSchema
{
    /// <summary>
    /// Wrapped keys: of projects under the master key, of files under their project's. A file without a row is not
    /// encrypted. Files are named by the id that uploads and segments share.
    /// </summary>
    public const string ProjectKeys = """
        CREATE TABLE project_keys (
            project_id TEXT NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
            master_id TEXT NOT NULL,
            wrapped BLOB NOT NULL CHECK (length(wrapped) = 60),
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE file_keys (
            file_id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            chunk_length INTEGER NOT NULL CHECK (chunk_length > 0),
            wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)
        ) STRICT;
        CREATE INDEX file_keys_of_project ON file_keys (project_id);

        CREATE TABLE deletions (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL,
            content TEXT NOT NULL
        ) STRICT;
        """;
}
