using System.Runtime.CompilerServices;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Tells of runs: one, all of a project, and how one goes on. Thread-safe.</summary>
internal sealed class RunReader
{
    private const int RunsPerRead = 1000;

    private readonly Stored.RunStore _runs;

    public RunReader(Stored.RunStore runs)
    {
        _runs = runs;
    }

    /// <summary>The stored run.</summary>
    /// <exception cref="RunRefusedException">There is none.</exception>
    public Stored.Run Require(string runId) => _runs.Find(runId) ?? throw NoSuchRun();

    /// <summary>A run as it is now.</summary>
    /// <exception cref="RunRefusedException">There is none.</exception>
    public Run Get(string runId, bool withOptions)
    {
        Stored.Run run = Require(runId);
        Stored.RunEvent[] events = [.. _runs.ListEvents(runId, 0, int.MaxValue)];
        return events.Length > 0 ? RunMessages.Create(run, events, withOptions) : throw NoSuchRun();
    }

    /// <summary>The runs of a project behind a place, in the order in which they were asked for.</summary>
    public IReadOnlyList<Stored.Run> List(string projectId, Stored.ListCursor after)
    {
        List<Stored.Run> all = [];
        IReadOnlyList<Stored.Run> page;
        do
        {
            page = _runs.List(projectId, all.Count > 0 ? all[^1].Id : "", RunsPerRead);
            all.AddRange(page);
        }
        while (page.Count == RunsPerRead);

        return
        [
            .. all.Where(run => IsBehind(run, after))
                .OrderBy(run => run.CreatedAt).ThenBy(run => run.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The events of a run after one, those to come included; ends when the run has ended.</summary>
    /// <exception cref="RunRefusedException">There is no such run, or it is gone meanwhile.</exception>
    public async IAsyncEnumerable<WatchRunResponse> WatchAsync(
        string runId, long after, bool withOptions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (after < 0)
        {
            throw new RunRefusedException(ErrorReason.BadFields, "after_sequence is 0 or more.");
        }

        while (true)
        {
            Stored.Run run = Require(runId);
            List<Stored.RunEvent> events = [.. _runs.ListEvents(runId, 0, int.MaxValue)];
            for (int i = 0; i < events.Count; i++)
            {
                if (events[i].Sequence > after)
                {
                    after = events[i].Sequence;
                    Run message = RunMessages.Create(run, events.GetRange(0, i + 1), withOptions);
                    yield return new WatchRunResponse { Sequence = after, Run = message };
                }
            }

            if (events.Count == 0 || RunMessages.HasEnded(events[^1].State))
            {
                yield break;
            }

            await _runs.WaitAsync(runId, events[^1].Sequence, cancellation);
        }
    }

    private static bool IsBehind(Stored.Run run, Stored.ListCursor place)
    {
        var at = Stored.ListCursor.After(run.CreatedAt, run.Id);
        return at.CreatedAt > place.CreatedAt
            || (at.CreatedAt == place.CreatedAt && string.CompareOrdinal(at.Id, place.Id) > 0);
    }

    private static RunRefusedException NoSuchRun() => new(ErrorReason.UnknownResource, "There is no such run.");
}
