using System.Text.Json;
using Linkage.Core;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;
using Linkage.Sidecar.Services.Unit.Runs.Counts;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>Writes what the terms let out of a run, and nothing else: what nobody may read is not kept.</summary>
internal sealed class ResultWriter : IDisposable
{
    private const int Decimals = 3;

    private readonly RunStore _runs;
    private readonly LinkResult _result;
    private readonly CancellationToken _cancellation;
    private readonly List<ResultDraft> _drafts = [];

    public ResultWriter(RunStore runs, LinkResult result, CancellationToken cancellation)
    {
        _runs = runs;
        _result = result;
        _cancellation = cancellation;
    }

    /// <summary>What has been written.</summary>
    public IReadOnlyList<ResultDraft> Drafts => _drafts;

    /// <summary>Writes the results.</summary>
    /// <param name="terms">What may be told.</param>
    /// <param name="scratch">An empty directory for the report on its way.</param>
    /// <param name="facts">What is told of the run.</param>
    public void Write(RunTerms terms, string scratch, RunFacts facts)
    {
        WriteSummary(terms);
        switch (terms.Agreed.Output)
        {
            case OutputType.LinkIds:
                OwnLinkRows.Write(_result, Begin, _cancellation);
                break;
            case OutputType.Groups:
                GroupRows.Write(_result, Begin, _cancellation);
                PairRows.Write(_result, Begin, _cancellation);
                break;
            case OutputType.PermutationAndMask:
                PlacementRows.Write(_result, Begin, _cancellation);
                break;
        }

        if (terms.Agreed.Output != OutputType.Counts)
        {
            AllLinkRows.Write(_result, Begin, _cancellation);
            JsonSerializer.Serialize(
                Begin(SegmentKind.RunFacts, ResultNames.Basis), RunBasis.Of(_result), RunSummaryJson.Default.RunBasis);
            LinkResultFiles.Write(_result, scratch, facts, _cancellation);
            Copy(SegmentKind.Report, scratch, LinkResultFiles.ReportName);
            Copy(SegmentKind.Model, scratch, LinkResultFiles.ModelName);
            Copy(SegmentKind.RunFacts, scratch, LinkResultFiles.RunName);
        }
    }

    /// <summary>Deletes what was written, unless the store has taken it over.</summary>
    public void Dispose() => _drafts.ForEach(draft => draft.Dispose());

    private Stream Begin(SegmentKind kind, string name)
    {
        ResultDraft draft = _runs.BeginResult(kind, name);
        _drafts.Add(draft);
        return draft.Stream;
    }

    private void WriteSummary(RunTerms terms)
    {
        LinkedPair[] links = [.. _result.Pairs.Where(pair => pair.Decision == Decision.Match)];
        RunSummary summary = new(
            [.. _result.Files.Select(file => file.Party)],
            _result.Model.Comparisons.Count,
            CountGuard.Guard(CountTable.From(_result), terms.SmallestCount),
            links.Length > 0 ? Round(links.Average(pair => 1 - pair.Probability.Value)) : null,
            _result.Completeness is { } completeness ? Round(completeness.Estimate) : null);
        JsonSerializer.Serialize(
            Begin(SegmentKind.RunFacts, ResultNames.Summary), summary, RunSummaryJson.Default.RunSummary);
    }

    private void Copy(SegmentKind kind, string scratch, string name)
    {
        using FileStream written = new(Path.Join(scratch, name), FileMode.Open, FileAccess.Read);
        written.CopyTo(Begin(kind, name));
    }

    // Rounded, because a share to the last digit could give away the number it is a share of.
    private static double Round(double share) => Math.Round(Math.Clamp(share, 0, 1), Decimals);
}
