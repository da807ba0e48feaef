namespace Linkage.Sidecar.Storage;

/// <content>Records that leave the files they came in.</content>
internal static partial class StoreSchema
{
    /// <summary>
    /// The file of a segment has a name of its own once it was written anew; the one before waits for its removal. A
    /// removed record is erased when no file has it any more.
    /// </summary>
    public const string Erasure = """
        ALTER TABLE segments ADD COLUMN file_id TEXT;
        ALTER TABLE removed_records ADD COLUMN erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1));
        CREATE INDEX removed_records_kept ON removed_records (segment_id) WHERE erased = 0;

        CREATE TABLE replaced_files (
            file_id TEXT NOT NULL PRIMARY KEY,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5)
        ) STRICT, WITHOUT ROWID;
        """;
}
