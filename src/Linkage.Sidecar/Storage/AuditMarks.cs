namespace Linkage.Sidecar.Storage;

/// <summary>Keeps in the database how far the audit log is, so that an older log is noticed. Thread-safe.</summary>
internal sealed class AuditMarks
{
    private readonly StoreDatabase _database;

    public AuditMarks(StoreDatabase database)
    {
        _database = database;
    }

    /// <summary>The mark; null before the first.</summary>
    public AuditMark? Find() => _database.Read(connection => connection.Query(
        "SELECT sequence, hash FROM audit_mark", row => new AuditMark(row.GetInt64(0), row.Bytes(1))))
        is [AuditMark mark, ..] ? mark : null;

    /// <summary>Moves the mark.</summary>
    /// <exception cref="IOException">The disk is full or fails; the mark is where it was.</exception>
    public Task MoveAsync(AuditMark mark) => _database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO audit_mark (id, sequence, hash) VALUES (1, $sequence, $hash)
            ON CONFLICT (id) DO UPDATE SET sequence = $sequence, hash = $hash
            """,
            ("$sequence", mark.Sequence),
            ("$hash", mark.Hash.ToArray())),
        CancellationToken.None);
}
