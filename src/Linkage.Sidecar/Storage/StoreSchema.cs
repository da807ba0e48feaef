namespace Linkage.Sidecar.Storage;

/// <summary>The layouts of the database. A published one never changes; a change is a further one.</summary>
internal static partial class StoreSchema
{
    /// <summary>Times are milliseconds since 1970 UTC; states and kinds the numbers of their enums.</summary>
    public const string Version1 = """
        CREATE TABLE projects (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
            terms_version INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE project_terms (
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            version INTEGER NOT NULL CHECK (version > 0),
            encoding_fingerprint TEXT NOT NULL,
            linkage_fingerprint TEXT NOT NULL,
            key_id TEXT NOT NULL,
            check_value TEXT NOT NULL,
            schema_text TEXT NOT NULL,
            output INTEGER NOT NULL CHECK (output BETWEEN 0 AND 3),
            PRIMARY KEY (project_id, version)
        ) STRICT;

        CREATE TABLE parties (
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
            PRIMARY KEY (project_id, name)
        ) STRICT;

        CREATE TABLE approvals (
            project_id TEXT NOT NULL,
            party TEXT NOT NULL,
            version INTEGER NOT NULL,
            approved_at INTEGER NOT NULL,
            PRIMARY KEY (project_id, party, version),
            FOREIGN KEY (project_id, party) REFERENCES parties (project_id, name) ON DELETE CASCADE,
            FOREIGN KEY (project_id, version) REFERENCES project_terms (project_id, version) ON DELETE CASCADE
        ) STRICT;

        CREATE TABLE uploads (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL,
            party TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            name TEXT NOT NULL,
            length INTEGER NOT NULL CHECK (length > 0),
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
            chunk_length INTEGER NOT NULL CHECK (chunk_length > 0),
            terms_version INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
            swept INTEGER NOT NULL DEFAULT 0 CHECK (swept IN (0, 1)),
            created_at INTEGER NOT NULL,
            FOREIGN KEY (project_id, party) REFERENCES parties (project_id, name) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX uploads_of_party ON uploads (project_id, party);
        CREATE INDEX uploads_unswept ON uploads (state) WHERE swept = 0;

        CREATE TABLE upload_ranges (
            upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
            range_start INTEGER NOT NULL CHECK (range_start >= 0),
            range_end INTEGER NOT NULL CHECK (range_end > range_start),
            PRIMARY KEY (upload_id, range_start)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE runs (
            id TEXT NOT NULL PRIMARY KEY,
            queue_number INTEGER NOT NULL UNIQUE,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            idempotency_key TEXT NOT NULL,
            options TEXT NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
            attempt INTEGER NOT NULL,
            failure TEXT,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX runs_of_project ON runs (project_id);
        CREATE INDEX runs_by_state ON runs (state, queue_number);

        CREATE TABLE segments (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            party TEXT,
            run_id TEXT REFERENCES runs (id) ON DELETE CASCADE,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
            name TEXT NOT NULL,
            length INTEGER NOT NULL,
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
            terms_version INTEGER NOT NULL,
            doomed INTEGER NOT NULL DEFAULT 0 CHECK (doomed IN (0, 1)),
            created_at INTEGER NOT NULL,
            CHECK ((kind = 0) = (party IS NOT NULL)),
            CHECK ((kind = 0) = (run_id IS NULL))
        ) STRICT;
        CREATE INDEX segments_of_project ON segments (project_id);
        CREATE INDEX segments_of_run ON segments (run_id);
        CREATE INDEX segments_doomed ON segments (id) WHERE doomed = 1;

        CREATE TABLE run_inputs (
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            segment_id TEXT NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
            PRIMARY KEY (run_id, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX runs_of_segment ON run_inputs (segment_id);

        CREATE TABLE run_events (
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            at INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
            stage TEXT NOT NULL,
            done INTEGER NOT NULL,
            total INTEGER NOT NULL,
            PRIMARY KEY (run_id, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE idempotency (
            caller TEXT NOT NULL,
            key TEXT NOT NULL,
            content_hash BLOB NOT NULL,
            answer TEXT NOT NULL,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            PRIMARY KEY (caller, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX idempotency_of_project ON idempotency (project_id);
        """;
}
