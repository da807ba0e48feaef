namespace Linkage.Sidecar.Storage;

/// <content>Records that come and go one by one after a run.</content>
internal static partial class StoreSchema
{
    /// <summary>
    /// Files of added records, each beside the party's file it adds to and the run whose entities it was linked to;
    /// records that were removed; what persons decided; and the changes of link ids that came of all this.
    /// </summary>
    public const string Additions = """
        CREATE TABLE added_files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            segment_id TEXT NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            party TEXT NOT NULL,
            content BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX added_files_of_project ON added_files (project_id);
        CREATE INDEX added_files_of_segment ON added_files (segment_id);
        CREATE INDEX added_files_of_run ON added_files (run_id);

        CREATE TABLE removed_records (
            segment_id TEXT NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
            handle BLOB NOT NULL CHECK (length(handle) = 16),
            removed_at INTEGER NOT NULL,
            PRIMARY KEY (segment_id, handle)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE decided_pairs (
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            left_party TEXT NOT NULL,
            left_handle BLOB NOT NULL CHECK (length(left_handle) = 16),
            right_party TEXT NOT NULL,
            right_handle BLOB NOT NULL CHECK (length(right_handle) = 16),
            is_match INTEGER NOT NULL CHECK (is_match IN (0, 1)),
            decided_at INTEGER NOT NULL,
            PRIMARY KEY (project_id, left_party, left_handle, right_party, right_handle)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE link_changes (
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
            changed_at INTEGER NOT NULL,
            PRIMARY KEY (project_id, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX link_changes_of_run ON link_changes (run_id, sequence);

        CREATE TABLE relinked_records (
            project_id TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            place INTEGER NOT NULL CHECK (place >= 0),
            party TEXT NOT NULL,
            handle BLOB NOT NULL CHECK (length(handle) = 16),
            old_link BLOB CHECK (old_link IS NULL OR length(old_link) = 16),
            new_link BLOB CHECK (new_link IS NULL OR length(new_link) = 16),
            PRIMARY KEY (project_id, sequence, place),
            FOREIGN KEY (project_id, sequence) REFERENCES link_changes (project_id, sequence) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX relinked_records_of_party ON relinked_records (project_id, party, sequence);
        """;
}
