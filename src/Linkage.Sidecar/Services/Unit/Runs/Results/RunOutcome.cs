using System.Text.Json;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>The results of one run that has succeeded, as long as they may be read.</summary>
internal sealed class RunOutcome
{
    private readonly Stored.UnitStore _store;
    private readonly string _runId;

    private RunOutcome(Stored.UnitStore store, Stored.Run run, Stored.Project project, RunTerms terms)
    {
        _store = store;
        _runId = run.Id;
        Project = project;
        Terms = terms;
    }

    /// <summary>The project.</summary>
    public Stored.Project Project { get; }

    /// <summary>The terms the run was started under, which are still in force.</summary>
    public RunTerms Terms { get; }

    /// <summary>Finds the results of a run.</summary>
    /// <exception cref="RunRefusedException">
    /// There is no such run, it has not succeeded, its results are gone, or its terms are no longer in force.
    /// </exception>
    public static RunOutcome Find(Stored.UnitStore store, string runId)
    {
        Stored.Run run = store.Runs.Find(runId) ?? throw NoSuchRun();
        Stored.Project project = store.Projects.Find(run.ProjectId) ?? throw NoSuchRun();
        if (run.Latest.State != Stored.RunState.Done)
        {
            throw new RunRefusedException(
                ErrorReason.NoResults, "The run has not succeeded, or its results were deleted.");
        }

        return RunTerms.Of(project) is { } terms && terms.Revision == RunPlan.Of(run).TermsRevision
            ? new RunOutcome(store, run, project, terms)
            : throw new RunRefusedException(ErrorReason.WrongState, "The run's terms are no longer in force.");
    }

    /// <summary>Refuses what the terms do not let out.</summary>
    /// <param name="outputs">Those it is part of.</param>
    /// <exception cref="RunRefusedException">They agree on another output.</exception>
    public void RequireOutput(params ReadOnlySpan<Stored.OutputType> outputs)
    {
        if (!outputs.Contains(Terms.Agreed.Output))
        {
            throw new RunRefusedException(ErrorReason.OutputNotAgreed, "The terms agree on another output.");
        }
    }

    /// <summary>Refuses to go on telling results that were deleted meanwhile.</summary>
    /// <exception cref="RunRefusedException">They were.</exception>
    public void RequireStillThere() => Find(_store, _runId);

    /// <summary>The summary.</summary>
    public async Task<RunSummary> ReadSummaryAsync(CancellationToken cancellation)
    {
        byte[] content = await ReadAsync(Stored.SegmentKind.RunFacts, ResultNames.Summary, cancellation);
        return JsonSerializer.Deserialize(content, RunSummaryJson.Default.RunSummary)
            ?? throw new InvalidDataException("A stored run has no summary.");
    }

    /// <summary>A whole result.</summary>
    /// <exception cref="Stored.StoreDamagedException">Its file is not what was stored.</exception>
    public async Task<byte[]> ReadAsync(Stored.SegmentKind kind, string name, CancellationToken cancellation)
    {
        Stored.Segment segment = await VerifiedAsync(kind, name, cancellation);
        using StoredFile file = _store.Segments.OpenRead(segment);
        return file.ReadAll();
    }

    /// <summary>A result of rows.</summary>
    /// <exception cref="Stored.StoreDamagedException">Its file is not what was stored.</exception>
    public async Task<RowTable> OpenAsync(
        Stored.SegmentKind kind, string name, int rowLength, CancellationToken cancellation)
    {
        Stored.Segment segment = await VerifiedAsync(kind, name, cancellation);
        return new RowTable(_store.Segments.OpenRead(segment), rowLength);
    }

    // A link id that a failing disk has altered would be a wrong answer about a person: it is read once more before.
    private async Task<Stored.Segment> VerifiedAsync(
        Stored.SegmentKind kind, string name, CancellationToken cancellation)
    {
        Stored.Segment segment = _store.Segments.ListResults(_runId)
            .FirstOrDefault(result => result.Kind == kind && result.Name == name)
            ?? throw new RunRefusedException(ErrorReason.NoResults, "The run has no such result, or it was deleted.");
        await _store.Segments.VerifyAsync(segment, cancellation);
        return segment;
    }

    private static RunRefusedException NoSuchRun() => new(ErrorReason.UnknownResource, "There is no such run.");
}
