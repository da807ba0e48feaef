using Linkage.Sidecar.Services.Unit.Runs.Counts;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>What the readers of the results have to know, and the numbers that may be told.</summary>
/// <param name="Parties">The parties in the order of the files.</param>
/// <param name="PatternLength">Characters of a pair's pattern.</param>
/// <param name="Counts">The numbers that may be told.</param>
/// <param name="ExpectedFalseDiscovery">Share of the links that is expected to be wrong; null without links.</param>
/// <param name="PairsCompleteness">Share of the true pairs that met; null if it cannot be estimated.</param>
internal sealed record RunSummary(
    IReadOnlyList<string> Parties,
    int PatternLength,
    GuardedTable Counts,
    double? ExpectedFalseDiscovery,
    double? PairsCompleteness);
