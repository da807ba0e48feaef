namespace Linkage.Sidecar.Services.Unit.Runs.Counts;

/// <summary>The numbers of a run that may be told; null is one that may not.</summary>
/// <param name="SmallestCount">Numbers below this one are not told.</param>
/// <param name="Records">Records of each party.</param>
/// <param name="Linked">Of these, those that are linked to a record of another party.</param>
/// <param name="Cells">Entities by combination of parties, bit 0 the first; in rising order.</param>
internal sealed record GuardedTable(
    int SmallestCount,
    IReadOnlyList<long?> Records,
    IReadOnlyList<long?> Linked,
    IReadOnlyList<GuardedCell> Cells);
