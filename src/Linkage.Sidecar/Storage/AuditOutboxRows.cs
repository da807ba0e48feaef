using System.Buffers;
using Linkage.Sidecar.Audit;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Entries that the audit log is owed, within a transaction of the caller.</summary>
internal static class AuditOutboxRows
{
    /// <summary>Notes that an entry is owed, in the transaction of the act it is about.</summary>
    /// <returns>The number of the act.</returns>
    /// <exception cref="ArgumentException">It could not be written as a line of the log.</exception>
    public static long Owe(SqliteConnection connection, AuditEvent entry, DateTimeOffset now)
    {
        ArrayBufferWriter<byte> line = new();
        AuditLine.Write(line, sequence: 1, now, entry, AuditChain.Beginning);
        connection.Execute(
            "INSERT INTO audit_outbox (after, line) SELECT COALESCE(MAX(sequence), 0), $line FROM audit_mark",
            ("$line", line.WrittenSpan.ToArray()));
        return connection.Scalar("SELECT last_insert_rowid()");
    }

    /// <summary>All that is owed, in the order of the acts.</summary>
    /// <exception cref="StoreDamagedException">A row is not what was written.</exception>
    public static List<OwedEntry> All(SqliteConnection connection) => connection.Query(
        "SELECT act, after, line FROM audit_outbox ORDER BY act",
        row => new OwedEntry(row.GetInt64(0), row.GetInt64(1), EventOf(row.GetInt64(0), row.Bytes(2))));

    /// <summary>Drops what is in the log.</summary>
    public static void Drop(SqliteConnection connection, IEnumerable<long> acts)
    {
        foreach (long act in acts)
        {
            connection.Execute("DELETE FROM audit_outbox WHERE act = $act", ("$act", act));
        }
    }

    private static AuditEvent EventOf(long act, byte[] line) => AuditLine.Read(line) is { } record
        ? (record.Event with { At = record.Time }).OfAct(act)
        : throw new StoreDamagedException("A note of what the audit log is owed has changed.");
}
