namespace Linkage.Sidecar.Storage;

/// <summary>What a bearer token entitles to. The token itself is never stored and not part of this.</summary>
/// <param name="Id">Random name of the token, safe to show and log.</param>
/// <param name="Subject">Whom it was given to: the name of a party or of a person.</param>
/// <param name="Role">In which role.</param>
/// <param name="ExpiresAt">From when on it is void.</param>
/// <param name="RevokedAt">When it was revoked; null if it was not.</param>
internal sealed record TokenGrant(
    string Id,
    string Subject,
    string Role,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt);
