namespace Linkage.Sidecar.Services.Unit.Runs.Counts;

/// <summary>How many entities have records of exactly these parties.</summary>
/// <param name="Parties">The parties, bit 0 the first.</param>
/// <param name="Entities">The number; null if it may not be told.</param>
internal readonly record struct GuardedCell(ulong Parties, long? Entities);
