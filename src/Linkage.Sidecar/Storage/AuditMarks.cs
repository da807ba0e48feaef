namespace Linkage.Sidecar.Storage;

/// <summary>Keeps in the database how far the audit log is, so that an older log is noticed. Thread-safe.</summary>
internal sealed class AuditMarks : IDisposable
{
    private readonly StoreDatabase _database;

    public AuditMarks(StoreDatabase database, TimeProvider time)
    {
        _database = database;
        Outbox = new AuditOutbox(database, time);
    }

    /// <summary>What the log is owed.</summary>
    public AuditOutbox Outbox { get; }

    /// <summary>The mark; null before the first.</summary>
    public AuditMark? Find() => _database.Read(connection => connection.Query(
        "SELECT sequence, hash FROM audit_mark", row => new AuditMark(row.GetInt64(0), row.Bytes(1))))
        is [AuditMark mark, ..] ? mark : null;

    /// <summary>Moves the mark, and drops what is owed no more.</summary>
    /// <exception cref="IOException">The disk is full or fails; the mark is where it was.</exception>
    public Task MoveAsync(AuditMark mark) => Outbox.DropSettledAsync(connection => connection.Execute(
        """
        INSERT INTO audit_mark (id, sequence, hash) VALUES (1, $sequence, $hash)
        ON CONFLICT (id) DO UPDATE SET sequence = $sequence, hash = $hash
        """,
        ("$sequence", mark.Sequence),
        ("$hash", mark.Hash.ToArray())));

    /// <inheritdoc/>
    public void Dispose() => Outbox.Dispose();
}
