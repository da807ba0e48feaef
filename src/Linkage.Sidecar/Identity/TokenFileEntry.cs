namespace Linkage.Sidecar.Identity;

/// <summary>A token as JSON.</summary>
internal sealed record TokenFileEntry(
    string Hash, string Party, string Role, DateTimeOffset Expires, DateTimeOffset? Revoked);
