using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Starts and cancels runs. Thread-safe.</summary>
internal sealed class RunStarter : IDisposable
{
    private readonly Stored.UnitStore _store;
    private readonly RunReader _reader;
    private readonly OutputPolicy _policy;
    private readonly SemaphoreSlim _gate = new(1);

    public RunStarter(Stored.UnitStore store, RunReader reader, OutputPolicy policy)
    {
        _store = store;
        _reader = reader;
        _policy = policy;
    }

    /// <summary>Queues a run over the newest complete file of every party; repeated, gives the one before.</summary>
    /// <exception cref="RunRefusedException">
    /// The options are out of range, the project is not agreed or at work, its numbers have been told, a party has no file,
    /// or the agreement does not let the project link.
    /// </exception>
    /// <exception cref="Stored.StoreRefusedException">The store refuses it.</exception>
    public async Task<string> StartAsync(
        StartRunRequest request, Stored.IdempotentRequest repeatable, CancellationToken cancellation)
    {
        // One at a time, so that of two calls only one finds the project without a run at work.
        await _gate.WaitAsync(cancellation);
        try
        {
            Stored.Project project = _store.Projects.Find(request.ProjectId)
                ?? throw new RunRefusedException(ErrorReason.UnknownResource, "There is no such project.");
            Stored.Run? repeated = _reader.List(project.Id, Stored.ListCursor.Start)
                .FirstOrDefault(run => run.IdempotencyKey == repeatable.Key);
            IReadOnlyList<string> inputs = repeated is null
                ? ChooseInputs(project, request.Options ?? new RunOptions())
                : [.. _store.Runs.ListInputs(repeated.Id).Select(input => input.Id)];
            Stored.Run run = await _store.Runs.QueueAsync(
                project.Id,
                RunPlan.From(request.Options ?? new RunOptions(), project.TermsVersion).ToJson(),
                inputs,
                repeatable,
                cancellation);
            return run.Id;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Cancels a run; one that has ended stays as it is.</summary>
    /// <exception cref="RunRefusedException">There is no such run.</exception>
    public async Task CancelAsync(string runId, CancellationToken cancellation)
    {
        if (RunMessages.HasEnded(_reader.Require(runId).Latest.State))
        {
            return;
        }

        try
        {
            await _store.Runs.CancelAsync(runId, cancellation);
        }
        catch (Stored.StoreRefusedException refused) when (refused.Refusal == Stored.StoreRefusal.WrongState)
        {
            _reader.Require(runId); // it ended in between, which is as good
        }
    }

    public void Dispose() => _gate.Dispose();

    private string[] ChooseInputs(Stored.Project project, RunOptions options)
    {
        if (project.State != Stored.ProjectState.Agreed || RunTerms.Of(project) is not { } terms)
        {
            throw new RunRefusedException(ErrorReason.WrongState, "The parties have not agreed.");
        }

        if (_reader.List(project.Id, Stored.ListCursor.Start).Any(run => !RunMessages.HasEnded(run.Latest.State)))
        {
            throw new RunRefusedException(ErrorReason.WrongState, "A run of the project is at work.");
        }

        _policy.Require(project.Id);

        // Two tables of nearly the same people tell by their difference what each of them leaves out.
        if (terms.Agreed.Output == Stored.OutputType.Counts && _store.Runs.HasSucceeded(project.Id))
        {
            throw new RunRefusedException(
                ErrorReason.CountsAlreadyTold, "A run of the project has succeeded; its numbers are told once.");
        }

        string[] parties =
        [
            .. project.Parties.Where(party => party.State != Stored.PartyState.Withdrawn).Select(party => party.Name),
        ];
        RunOptionRules.Check(options, parties);
        return [.. parties.Select(party => NewestFile(project.Id, party))];
    }

    private string NewestFile(string projectId, string party) =>
        _store.Segments.ListEncodings(projectId, party) is [.., Stored.Segment newest]
            ? newest.Id
            : throw new RunRefusedException(ErrorReason.NotReadyToLink, "A party has not uploaded a file.");
}
