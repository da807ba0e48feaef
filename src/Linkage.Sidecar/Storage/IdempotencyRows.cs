using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Which creation was asked for under which key, within a transaction of the caller.</summary>
internal static class IdempotencyRows
{
    /// <summary>What the request created before; null if it is new.</summary>
    /// <exception cref="StoreRefusedException">The key was used for another content.</exception>
    public static string? Find(SqliteConnection connection, IdempotentRequest request)
    {
        (byte[] Hash, string Answer)? known = connection.Query<(byte[], string)?>(
            """
            SELECT content_hash, answer FROM idempotency WHERE caller = $caller AND key = $key
            UNION SELECT content_hash, answer FROM deleted_requests WHERE caller = $caller AND key = $key
            """,
            row => (row.Bytes(0), row.GetString(1)),
            ("$caller", request.Caller),
            ("$key", request.Key)).SingleOrDefault();
        if (known is { } earlier && !CryptographicOperations.FixedTimeEquals(earlier.Hash, request.ContentHash.Span))
        {
            throw new StoreRefusedException(
                StoreRefusal.KeyReused, "The idempotency key was used before, for another request.");
        }

        return known?.Answer;
    }

    /// <summary>Keeps what a request created; a deleted project takes it along to what remains.</summary>
    public static void Insert(SqliteConnection connection, IdempotentRequest request, string projectId, string answer)
        => connection.Execute(
            """
            INSERT INTO idempotency (caller, key, content_hash, answer, project_id)
            VALUES ($caller, $key, $hash, $answer, $project)
            """,
            ("$caller", request.Caller),
            ("$key", request.Key),
            ("$hash", request.ContentHash.ToArray()),
            ("$answer", answer),
            ("$project", projectId));
}
