namespace Linkage.Sidecar.Storage;

/// <summary>A record whose link id changed.</summary>
/// <param name="Party">Its party.</param>
/// <param name="Handle">Its handle: 32 lower-case hex digits.</param>
/// <param name="OldLinkId">The link id before; null for a new record.</param>
/// <param name="NewLinkId">The link id now; null for a record that is gone.</param>
internal sealed record RelinkedRecord(string Party, string Handle, string? OldLinkId, string? NewLinkId);
