namespace Linkage.Sidecar.Storage;

/// <summary>How far the audit log was when the store last heard of it.</summary>
/// <param name="Sequence">Number of its last entry.</param>
/// <param name="Hash">The hash of that entry.</param>
internal sealed record AuditMark(long Sequence, ReadOnlyMemory<byte> Hash);
