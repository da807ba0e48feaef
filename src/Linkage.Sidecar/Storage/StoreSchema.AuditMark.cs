namespace Linkage.Sidecar.Storage;

/// <content>What the store knows of the audit log.</content>
internal static partial class StoreSchema
{
    /// <summary>How far the log was: one row.</summary>
    public const string AuditMark = """
        CREATE TABLE audit_mark (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        """;
}
