using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Bearer tokens by their SHA-256; a token itself never comes here. Thread-safe.</summary>
internal sealed class TokenStore
{
    private const string Columns = "id, subject, role, expires_at, revoked_at";

    private readonly StoreDatabase _database;
    private readonly TimeProvider _time;

    public TokenStore(StoreDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>Keeps a token of at least 128 random bits by its hash.</summary>
    public Task<TokenGrant> AddAsync(
        ReadOnlyMemory<byte> sha256,
        string subject,
        string role,
        DateTimeOffset expiresAt,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sha256.Length, SHA256.HashSizeInBytes);
        TokenGrant grant = new(StoreIds.Create(), subject, role, expiresAt, RevokedAt: null);
        return _database.WriteAsync(
            connection =>
            {
                connection.Execute(
                    """
                    INSERT INTO tokens (id, prefix, sha256, subject, role, created_at, expires_at)
                    VALUES ($id, $prefix, $sha256, $subject, $role, $now, $expires)
                    """,
                    ("$id", grant.Id),
                    ("$prefix", Prefix(sha256.Span)),
                    ("$sha256", sha256.ToArray()),
                    ("$subject", subject),
                    ("$role", role),
                    ("$now", _time.Now()),
                    ("$expires", expiresAt.ToUnixTimeMilliseconds()));
                return grant;
            },
            cancellation);
    }

    /// <summary>What a token entitles to now; null if it is unknown, expired or revoked.</summary>
    /// <remarks>
    /// The index leads by four bytes of the hash of what was presented, which tell nothing of a token; the rest is
    /// compared in constant time.
    /// </remarks>
    public TokenGrant? Find(ReadOnlyMemory<byte> sha256)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sha256.Length, SHA256.HashSizeInBytes);
        List<(TokenGrant Grant, byte[] Hash)> candidates = _database.Read(connection => connection.Query(
            $"SELECT {Columns}, sha256 FROM tokens WHERE prefix = $prefix",
            row => (Map(row), row.Bytes(5)),
            ("$prefix", Prefix(sha256.Span))));
        TokenGrant? found = null;
        foreach ((TokenGrant grant, byte[] hash) in candidates)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, sha256.Span))
            {
                found = grant;
            }
        }

        return found is { RevokedAt: null } && _time.GetUtcNow() < found.ExpiresAt ? found : null;
    }

    /// <summary>All tokens, void ones too, ordered by id.</summary>
    public IReadOnlyList<TokenGrant> List() =>
        _database.Read(connection => connection.Query($"SELECT {Columns} FROM tokens ORDER BY id", Map));

    /// <summary>Makes a token void at once. Repeated, does nothing.</summary>
    /// <exception cref="StoreRefusedException">There is no such token.</exception>
    public Task RevokeAsync(string id, CancellationToken cancellation) => _database.WriteAsync(
        connection =>
        {
            int found = connection.Execute(
                "UPDATE tokens SET revoked_at = COALESCE(revoked_at, $now) WHERE id = $id",
                ("$now", _time.Now()),
                ("$id", id));
            if (found == 0)
            {
                throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such token.");
            }
        },
        cancellation);

    private static long Prefix(ReadOnlySpan<byte> sha256) => BinaryPrimitives.ReadUInt32BigEndian(sha256);

    private static TokenGrant Map(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.Time(3),
        row.IsDBNull(4) ? null : row.Time(4));
}
