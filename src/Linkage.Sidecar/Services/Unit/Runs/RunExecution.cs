using System.Text;
using Linkage.Bloom;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Model;
using Linkage.Core.Reporting;
using Linkage.Sidecar.Services.Unit.Runs.Results;
using Linkage.Sidecar.Telemetry;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>One attempt at a run: from the stored files to the stored results.</summary>
internal sealed class RunExecution
{
    private readonly Stored.UnitStore _store;
    private readonly Stored.Run _run;
    private readonly string _scratch;
    private readonly TimeProvider _time;
    private readonly RunTelemetry _telemetry;

    /// <summary>Prepares an attempt.</summary>
    /// <param name="store">Where everything is.</param>
    /// <param name="run">The run, claimed.</param>
    /// <param name="scratch">A directory that nothing else uses.</param>
    /// <param name="time">What time it is.</param>
    /// <param name="telemetry">Is told of stages, and of what was linked.</param>
    public RunExecution(
        Stored.UnitStore store, Stored.Run run, string scratch, TimeProvider time, RunTelemetry telemetry)
    {
        _store = store;
        _run = run;
        _scratch = scratch;
        _time = time;
        _telemetry = telemetry;
    }

    /// <summary>Links and keeps the results, all or none of them.</summary>
    /// <exception cref="RunRefusedException">The files are not those the terms ask for.</exception>
    /// <exception cref="EncodingFormatException">The files are damaged or do not belong together.</exception>
    /// <exception cref="Stored.StoreRefusedException">The run was cancelled, or its data are gone.</exception>
    public async Task RunAsync(IProgress<StageProgress> listener, CancellationToken cancellation)
    {
        IProgress<StageProgress> progress = _telemetry.Before(listener);
        RunTerms terms = RequireTerms();
        LinkerOptions options = OptionsOf(terms.Agreed);
        DateTimeOffset started = _time.GetUtcNow();
        long begin = _time.GetTimestamp();

        await LeaveOutRemovedAsync(cancellation);

        // On a thread of its own: it takes minutes and would starve the pool that answers calls.
        LinkResult result = await Task.Factory.StartNew(
            () => Link(terms.Agreed, options, progress, cancellation),
            cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        _telemetry.Linked(result.RecordCount, result.CandidateCount);
        progress.Report(new StageProgress("writing", 0, 1));
        RunFacts facts = new() { Started = started, Elapsed = _time.GetElapsedTime(begin) };
        using ResultWriter writer = new(_store.Runs, result, cancellation);
        await Task.Run(() => writer.Write(terms, _scratch, facts), cancellation);
        await _store.Runs.CompleteAsync(_run.Id, _run.Attempt, writer.Drafts, cancellation);
    }

    // A record that its party removed takes no part in a run that begins after it.
    private async Task LeaveOutRemovedAsync(CancellationToken cancellation)
    {
        if (!await _store.Erasure.EraseAsync(_run.ProjectId, _run.Id, cancellation))
        {
            throw new RunRefusedException(ErrorReason.ChangedMeanwhile, "The run's files have changed meanwhile.");
        }
    }

    private RunTerms RequireTerms()
    {
        Stored.Project? project = _store.Projects.Find(_run.ProjectId);
        return project is not null && RunTerms.Of(project) is { } terms
            && terms.Revision == RunPlan.Of(_run).TermsRevision
            ? terms
            : throw new RunRefusedException(ErrorReason.ChangedMeanwhile, "The run's terms are no longer in force.");
    }

    private LinkerOptions OptionsOf(Stored.ProjectTerms terms)
    {
        LinkerOptions options = RunOptionRules.ToLinkerOptions(RunPlan.Of(_run).ReadOptions()) with
        {
            Schema = LinkageSchema.Parse(Encoding.UTF8.GetBytes(terms.SchemaText)),
        };
        return terms.ModelText is null
            ? options
            : options with { Model = FellegiSunterModel.Parse(Encoding.UTF8.GetBytes(terms.ModelText)) };
    }

    private LinkResult Link(
        Stored.ProjectTerms terms,
        LinkerOptions options,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        List<EncodedFile> files = [];
        try
        {
            foreach (Stored.Segment input in _store.Runs.ListInputs(_run.Id))
            {
                files.Add(_store.Segments.OpenEncoded(input));
                Check(files[^1].Header, input.Party, terms);
            }

            IReadOnlyList<Stored.DecidedPair> decided = _store.Added.ListDecisions(_run.ProjectId);
            return Linker.Link(
                files, options with { Decisions = RunDecisions.Of(decided, files) }, progress, cancellation);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    // Files are checked when they come; this holds even if terms were made anew since.
    private static void Check(EncodedFileHeader header, string? party, Stored.ProjectTerms terms)
    {
        if (header.Schema.EncodingFingerprint != terms.EncodingFingerprint)
        {
            throw new RunRefusedException(
                ErrorReason.EncodingFingerprintDiffers, "A file was encoded by another schema.");
        }

        if (header.KeyId != terms.KeyId || header.CheckValue != terms.CheckValue || header.Epoch != terms.Epoch)
        {
            throw new RunRefusedException(ErrorReason.KeyDiffers, "A file was encoded with another key.");
        }

        if (header.Party != party || header.Project != terms.KeyProject)
        {
            throw new RunRefusedException(ErrorReason.PartyDiffers, "A file is of another party or project.");
        }
    }
}
