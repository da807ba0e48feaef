using System.Text.Json;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Lookup;
using Linkage.Core.Model;
using Linkage.Core.Reporting;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Services.Unit.Runs.Results;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Reads the newest run of a project in, with all that has happened since. Thread-safe.</summary>
internal sealed class LiveLoader
{
    private readonly UnitStore _store;

    public LiveLoader(UnitStore store)
    {
        _store = store;
    }

    /// <summary>Reads a run in; takes seconds for millions of records.</summary>
    /// <exception cref="RunRefusedException">The run, its results or its terms are gone.</exception>
    /// <exception cref="StoreDamagedException">A file of the store is not what was stored.</exception>
    /// <exception cref="EncodingFormatException">The files do not belong together.</exception>
    /// <exception cref="StoreRefusedException">Another run has succeeded meanwhile.</exception>
    public async Task<LiveProject> LoadAsync(string projectId, string runId, CancellationToken cancellation)
    {
        while (true)
        {
            string[] files = FilesOf(runId);
            try
            {
                return await TryLoadAsync(projectId, runId, cancellation);
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException && !IsUpToDate(runId, files))
            {
                // Files and link ids are read one after another, and were replaced by ones without removed records in
                // between. That happens once an hour at most.
            }
        }
    }

    /// <summary>Whether a run's files are still those of some ids.</summary>
    public bool IsUpToDate(string runId, IReadOnlyList<string> fileIds) => FilesOf(runId).SequenceEqual(fileIds);

    private string[] FilesOf(string runId) => [.. _store.Runs.ListInputs(runId).Select(input => input.FileId)];

    private async Task<LiveProject> TryLoadAsync(string projectId, string runId, CancellationToken cancellation)
    {
        var outcome = RunOutcome.Find(_store, runId);
        byte[] basis = await outcome.ReadAsync(Storage.SegmentKind.RunFacts, ResultNames.Basis, cancellation);
        byte[] model = await outcome.ReadAsync(
            Storage.SegmentKind.Model, LinkResultFiles.ModelName, cancellation);
        byte[] links = await outcome.ReadAsync(Storage.SegmentKind.Entities, ResultNames.AllLinks, cancellation);
        RunBasis decided = JsonSerializer.Deserialize(basis, RunSummaryJson.Default.RunBasis)
            ?? throw new InvalidDataException("A stored run has no basis.");
        LiveRows rows = _store.Added.Load(projectId, runId);
        LiveProject? live = null;
        List<EncodedFile> files = [];
        try
        {
            foreach (Segment input in rows.Inputs)
            {
                files.Add(_store.Segments.OpenEncoded(input));
            }

            live = new LiveProject(
                runId,
                outcome.Terms,
                projectId,
                files,
                rows.Inputs,
                new RecordIndexOptions
                {
                    Model = FellegiSunterModel.Parse(model),
                    Schema = LinkageSchema.Parse(System.Text.Encoding.UTF8.GetBytes(outcome.Terms.Agreed.SchemaText)),
                    Thresholds = new DecisionThresholds(decided.Match, decided.Possible),
                },
                _store.Added);
            live.Restore(rows, links, decided);
            LiveProject loaded = live;
            live = null;
            files = [];
            return loaded;
        }
        finally
        {
            if (live is not null)
            {
                live.Dispose();
            }
            else
            {
                files.ForEach(file => file.Dispose());
            }
        }
    }
}
