namespace Linkage.Sidecar.Storage;

/// <content>Agreements, who has signed them and who has left, and requests for release.</content>
internal static partial class StoreSchema
{
    /// <summary>A deleted project takes its agreements along; the parties have the documents they signed.</summary>
    public const string Agreements = """
        CREATE TABLE agreements (
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number > 0),
            digest TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            document TEXT NOT NULL,
            signers INTEGER NOT NULL CHECK (signers > 1),
            proposed_at INTEGER NOT NULL,
            PRIMARY KEY (project_id, digest),
            UNIQUE (project_id, number)
        ) STRICT;

        CREATE TABLE agreement_signatures (
            project_id TEXT NOT NULL,
            digest TEXT NOT NULL,
            party TEXT NOT NULL,
            signature TEXT NOT NULL,
            arrived_at INTEGER NOT NULL,
            PRIMARY KEY (project_id, digest, party),
            FOREIGN KEY (project_id, digest) REFERENCES agreements (project_id, digest) ON DELETE CASCADE
        ) STRICT;

        CREATE TABLE agreement_withdrawals (
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            party TEXT NOT NULL,
            withdrawn_at INTEGER NOT NULL,
            PRIMARY KEY (project_id, party)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE agreement_releases (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL,
            digest TEXT NOT NULL,
            asking TEXT NOT NULL,
            asked TEXT NOT NULL,
            purpose TEXT NOT NULL,
            case_reference TEXT NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
            citation TEXT NOT NULL DEFAULT '',
            created_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            answered_at INTEGER,
            expires_at INTEGER,
            FOREIGN KEY (project_id, digest) REFERENCES agreements (project_id, digest) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX agreement_releases_of_case
            ON agreement_releases (project_id, case_reference, asking, asked, purpose);
        CREATE INDEX agreement_releases_waiting ON agreement_releases (project_id, due_at) WHERE state = 0;
        """;
}
