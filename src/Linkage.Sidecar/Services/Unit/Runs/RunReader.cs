using System.Runtime.CompilerServices;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Tells of runs: one, all of a project, and how one goes on. Thread-safe.</summary>
internal sealed class RunReader
{
    private const int DefaultPageSize = 100;
    private const int MostPageSize = 1000;

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

    /// <summary>The runs of a project in the order in which they were asked for.</summary>
    public IReadOnlyList<Stored.Run> ListOf(string projectId)
    {
        List<Stored.Run> all = [];
        IReadOnlyList<Stored.Run> page;
        do
        {
            page = _runs.List(projectId, all.Count > 0 ? all[^1].Id : "", MostPageSize);
            all.AddRange(page);
        }
        while (page.Count == MostPageSize);

        return [.. all.OrderBy(run => run.CreatedAt).ThenBy(run => run.Id, StringComparer.Ordinal)];
    }

    /// <summary>A page of the runs of a project.</summary>
    /// <exception cref="RunRefusedException">Size or token are not valid.</exception>
    public ListRunsResponse List(string projectId, int pageSize, string pageToken, bool withOptions)
    {
        if (pageSize is < 0 or > MostPageSize)
        {
            throw new RunRefusedException(ErrorReason.BadFields, $"page_size is 0 to {MostPageSize}.");
        }

        IReadOnlyList<Stored.Run> runs = ListOf(projectId);
        int start = pageToken.Length == 0 ? 0 : 1 + runs.ToList().FindIndex(run => run.Id == pageToken);
        if (start == 0 && pageToken.Length > 0)
        {
            throw new RunRefusedException(ErrorReason.BadPageToken, "The page token is none of this list.");
        }

        Stored.Run[] page = [.. runs.Skip(start).Take(pageSize == 0 ? DefaultPageSize : pageSize)];
        return new ListRunsResponse
        {
            Runs = { page.Select(run => Get(run.Id, withOptions)) },
            NextPageToken = start + page.Length < runs.Count ? page[^1].Id : "",
        };
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

    private static RunRefusedException NoSuchRun() => new(ErrorReason.UnknownResource, "There is no such run.");
}
