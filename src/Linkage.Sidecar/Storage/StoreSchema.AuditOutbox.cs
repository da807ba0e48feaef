namespace Linkage.Sidecar.Storage;

/// <content>What is done and has to be in the audit log.</content>
internal static partial class StoreSchema
{
    /// <summary>Entries that the log is owed, and after which of its entries they can be; numbers are never used
    /// again.</summary>
    public const string AuditOutbox = """
        CREATE TABLE audit_outbox (
            act INTEGER PRIMARY KEY AUTOINCREMENT,
            after INTEGER NOT NULL CHECK (after >= 0),
            line BLOB NOT NULL
        ) STRICT;
        """;
}
