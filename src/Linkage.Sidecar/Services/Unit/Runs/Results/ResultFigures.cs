using Google.Protobuf;
using Linkage.Core.Reporting;
using Linkage.Sidecar.Services.Unit.Runs.Counts;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>Numbers and reports of runs. Thread-safe.</summary>
internal sealed class ResultFigures
{
    private readonly Stored.UnitStore _store;

    public ResultFigures(Stored.UnitStore store)
    {
        _store = store;
    }

    /// <summary>The numbers of a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="party">The party they are told to, which is told of itself; null for the analyst.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<GetCountsResponse> CountAsync(string runId, string? party, CancellationToken cancellation)
    {
        var outcome = RunOutcome.Find(_store, runId);
        RunSummary summary = await outcome.ReadSummaryAsync(cancellation);
        bool countsOnly = outcome.Terms.Agreed.Output == Stored.OutputType.Counts;
        GuardedTable counts = summary.Counts;
        GetCountsResponse response = new() { SmallestCount = counts.SmallestCount };
        foreach ((int i, string name) in summary.Parties.Index().Where(known => party is null || known.Item == party))
        {
            response.Parties.Add(new PartyCount
            {
                Party = name,
                Records = Guarded(counts.Records[i], counts.SmallestCount),
                LinkedRecords = countsOnly ? Guarded(counts.Linked[i], counts.SmallestCount) : null,
            });
        }

        if (party is null || countsOnly)
        {
            response.Overlaps.Add(counts.Cells
                .Select(cell => OverlapOf(cell, summary))
                .Where(overlap => party is null || overlap.Parties.Contains(party)));
        }

        if (party is null)
        {
            AddShares(response, summary);
        }

        return response;
    }

    /// <summary>A report of a run.</summary>
    /// <exception cref="RunRefusedException">There is no such kind, or the terms do not let it out.</exception>
    public async Task<GetReportResponse> ReportAsync(GetReportRequest request, CancellationToken cancellation)
    {
        (Stored.SegmentKind kind, string name, string mediaType) = request.Kind switch
        {
            ReportKind.Html => (Stored.SegmentKind.Report, LinkResultFiles.ReportName, "text/html; charset=utf-8"),
            ReportKind.RunJson => (Stored.SegmentKind.RunFacts, LinkResultFiles.RunName, "application/json"),
            ReportKind.ModelJson => (Stored.SegmentKind.Model, LinkResultFiles.ModelName, "application/json"),
            _ => throw new RunRefusedException(ErrorReason.BadFields, "kind names no report."),
        };
        var outcome = RunOutcome.Find(_store, request.RunId);
        outcome.RequireOutput(
            Stored.OutputType.LinkIds, Stored.OutputType.Groups, Stored.OutputType.PermutationAndMask);
        byte[] content = await outcome.ReadAsync(kind, name, cancellation);
        return new GetReportResponse { Content = UnsafeByteOperations.UnsafeWrap(content), MediaType = mediaType };
    }

    private static void AddShares(GetCountsResponse response, RunSummary summary)
    {
        if (summary.ExpectedFalseDiscovery is { } wrong)
        {
            response.ExpectedFalseDiscovery = wrong;
        }

        if (summary.PairsCompleteness is { } met)
        {
            response.PairsCompleteness = met;
        }
    }

    private static OverlapCount OverlapOf(GuardedCell cell, RunSummary summary) => new()
    {
        Parties = { summary.Parties.Where((_, i) => (cell.Parties & (1UL << i)) != 0) },
        Entities = Guarded(cell.Entities, summary.Counts.SmallestCount),
    };

    private static GuardedCount Guarded(long? number, int smallest) =>
        number is { } told ? new GuardedCount { Count = told } : new GuardedCount { SuppressedBelow = smallest };
}
