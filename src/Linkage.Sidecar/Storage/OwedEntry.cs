using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Storage;

/// <summary>An entry that the audit log is owed.</summary>
/// <param name="Act">The number of the act; the entry has it among its counts.</param>
/// <param name="After">The log had so many entries before the act, or more.</param>
/// <param name="Event">The entry, with the act's number and time.</param>
internal sealed record OwedEntry(long Act, long After, AuditEvent Event);
