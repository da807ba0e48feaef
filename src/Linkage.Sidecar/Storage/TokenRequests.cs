using System.Security.Cryptography;

namespace Linkage.Sidecar.Storage;

/// <summary>
/// Which token was made for which request, so that a repeated one makes no second token. Thread-safe.
/// </summary>
internal sealed class TokenRequests
{
    private readonly StoreDatabase _database;
    private readonly TimeProvider _time;

    public TokenRequests(StoreDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>Notes the token to be made for a request, unless one was made before.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tokenId">The id of the token to be made.</param>
    /// <param name="isMade">Whether a token noted before was really made: a crash may have come between.</param>
    /// <param name="cancellation">Ends the wait before anything is noted.</param>
    /// <returns>The id of the request's token: the one given, or that of the one made before.</returns>
    /// <exception cref="StoreRefusedException">The key was used for another content.</exception>
    public Task<string> NoteAsync(
        IdempotentRequest request, string tokenId, Func<string, bool> isMade, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                (byte[] Hash, string TokenId)? known = connection.Query<(byte[], string)?>(
                    "SELECT content_hash, token_id FROM token_requests WHERE caller = $caller AND key = $key",
                    row => (row.Bytes(0), row.GetString(1)),
                    ("$caller", request.Caller),
                    ("$key", request.Key)).SingleOrDefault();
                if (known is { } earlier)
                {
                    if (!CryptographicOperations.FixedTimeEquals(earlier.Hash, request.ContentHash.Span))
                    {
                        throw new StoreRefusedException(
                            StoreRefusal.KeyReused, "The idempotency key was used before, for another request.");
                    }

                    if (isMade(earlier.TokenId))
                    {
                        return earlier.TokenId;
                    }
                }

                connection.Execute(
                    """
                    INSERT OR REPLACE INTO token_requests (caller, key, content_hash, token_id, created_at)
                    VALUES ($caller, $key, $hash, $token, $now)
                    """,
                    ("$caller", request.Caller),
                    ("$key", request.Key),
                    ("$hash", request.ContentHash.ToArray()),
                    ("$token", tokenId),
                    ("$now", _time.Now()));
                return tokenId;
            },
            cancellation);

    /// <summary>When a token was asked for; null if it was not asked for by a request.</summary>
    public DateTimeOffset? FindTime(string tokenId) => _database.Read(connection => connection.Query<DateTimeOffset?>(
        "SELECT created_at FROM token_requests WHERE token_id = $token",
        row => row.Time(0),
        ("$token", tokenId)).FirstOrDefault());
}
