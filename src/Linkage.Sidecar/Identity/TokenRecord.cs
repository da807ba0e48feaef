namespace Linkage.Sidecar.Identity;

/// <summary>What is kept of a bearer token; the token itself is not.</summary>
/// <param name="Hash">SHA-256 of the token's 32 bytes.</param>
/// <param name="Party">The name of whoever holds it: a party's if the role is party.</param>
/// <param name="Role">Exactly one role.</param>
/// <param name="Expires">From when on it is refused.</param>
/// <param name="Revoked">From when on it is refused before that; null if never.</param>
internal sealed record TokenRecord(
    ReadOnlyMemory<byte> Hash, string Party, CallerRoles Role, DateTimeOffset Expires, DateTimeOffset? Revoked)
{
    /// <summary>The name by which a token is revoked: the first 8 bytes of the hash, 16 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(Hash.Span[..8]);

    /// <summary>True if the token opens anything at a moment.</summary>
    public bool IsValidAt(DateTimeOffset moment) => moment < Expires && (Revoked is not { } end || moment < end);

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(TokenRecord);
}
