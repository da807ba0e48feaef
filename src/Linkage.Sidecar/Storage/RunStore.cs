using Linkage.Sidecar.Storage.Encryption;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Runs as durable jobs: a queue, claimed by workers, watched by callers. Thread-safe.</summary>
/// <remarks>
/// A worker names the attempt it was given with every call; once the run is cancelled, or claimed again after a crash,
/// the calls of an older attempt are refused, so two workers never write the results of one run.
/// </remarks>
internal sealed class RunStore
{
    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;
    private readonly StoreKeys _keys;
    private readonly RunPulse _pulse;
    private readonly TimeProvider _time;
    private readonly StoreLimits _limits;

    public RunStore(
        StoreDatabase database,
        StoreFolders folders,
        StoreKeys keys,
        RunPulse pulse,
        TimeProvider time,
        StoreLimits limits)
    {
        _database = database;
        _folders = folders;
        _keys = keys;
        _pulse = pulse;
        _time = time;
        _limits = limits;
    }

    /// <summary>Completes with the next change of any run, or of what runs there are.</summary>
    public Task NextChange => _pulse.Next;

    /// <summary>The run; null if there is none.</summary>
    public Run? Find(string id) => _database.Read(connection => RunRows.Find(connection, id));

    /// <summary>A page of a project's runs, ordered by id; empty <paramref name="after"/> for the first.</summary>
    public IReadOnlyList<Run> List(string projectId, string after, int limit) =>
        _database.Read(connection => RunRows.List(connection, projectId, after, limit));

    /// <summary>A page of a run's events, oldest first, after a sequence number; 0 for all.</summary>
    public IReadOnlyList<RunEvent> ListEvents(string runId, long after, int limit) =>
        _database.Read(connection => RunRows.Events(connection, runId, after, limit));

    /// <summary>Whether a run of the project ever had results, taken back since or not.</summary>
    public bool HasSucceeded(string projectId) => _database.Read(connection => connection.Scalar(
        """
        SELECT EXISTS (
            SELECT 1 FROM run_events JOIN runs ON runs.id = run_id
            WHERE project_id = $project AND run_events.state = $done)
        """,
        ("$project", projectId),
        ("$done", (int)RunState.Done)) != 0);

    /// <summary>The encoded files a run links, in the order given when it was started.</summary>
    public IReadOnlyList<Segment> ListInputs(string runId) =>
        _database.Read(connection => SegmentRows.Inputs(connection, runId));

    /// <summary>Starts a run over encoded files of the project; repeated, gives the one started before.</summary>
    /// <param name="projectId">The project, agreed.</param>
    /// <param name="options">The options as JSON.</param>
    /// <param name="inputs">The ids of the files.</param>
    /// <param name="request">What makes the call repeatable.</param>
    /// <param name="cancellation">Ends the wait before the run is started.</param>
    /// <exception cref="StoreRefusedException">
    /// The project has not agreed, has no such file, or its maker is at the limit.
    /// </exception>
    public async Task<Run> QueueAsync(
        string projectId,
        string options,
        IReadOnlyList<string> inputs,
        IdempotentRequest request,
        CancellationToken cancellation)
    {
        Run run = await _database.WriteAsync(
            connection =>
            {
                if (IdempotencyRows.Find(connection, request) is { } known)
                {
                    return RunRows.Require(connection, known);
                }

                ProjectRows.RequireAgreed(connection, projectId);
                RunRows.RequireRoom(connection, projectId, _limits);
                Segment[] files = [.. inputs.Select(id => RequireInput(connection, projectId, id))];
                DateTimeOffset now = _time.GetUtcNow();
                string id = StoreIds.Create();
                RunEvent first = new(1, now, RunState.Queued, RunProgress.None);
                RunRows.Insert(connection, new Run(id, projectId, request.Key, options, first, 0, null, now), files);
                IdempotencyRows.Insert(connection, request, projectId, id);
                return RunRows.Require(connection, id);
            },
            cancellation);
        _pulse.Beat();
        return run;
    }

    /// <summary>Gives a worker the run that has waited longest; null when none waits.</summary>
    public Task<Run?> ClaimNextAsync(CancellationToken cancellation) => ChangedAsync(
        connection =>
        {
            if (RunRows.InState(connection, RunState.Queued, 1) is not [Run next])
            {
                return null;
            }

            RunRows.Append(connection, next, RunState.Running, RunProgress.None, _time.Now());
            connection.Execute("UPDATE runs SET attempt = attempt + 1 WHERE id = $id", ("$id", next.Id));
            return RunRows.Require(connection, next.Id);
        },
        cancellation);

    /// <summary>Notes how far a worker is.</summary>
    /// <exception cref="StoreRefusedException">The attempt is over; the worker has to stop.</exception>
    public Task<Run> ReportAsync(string id, int attempt, RunProgress progress, CancellationToken cancellation) =>
        AdvanceAsync(id, attempt, RunState.Running, run => progress, _ => { }, cancellation);

    /// <summary>Ends a run without results.</summary>
    /// <param name="id">The run.</param>
    /// <param name="attempt">The worker's attempt.</param>
    /// <param name="reason">Why, without any value of a record.</param>
    /// <param name="cancellation">Ends the wait before the run is ended.</param>
    /// <exception cref="StoreRefusedException">The attempt is over.</exception>
    public Task<Run> FailAsync(string id, int attempt, string reason, CancellationToken cancellation) => AdvanceAsync(
        id,
        attempt,
        RunState.Failed,
        run => run.Latest.Progress,
        connection => connection.Execute(
            "UPDATE runs SET failure = $reason WHERE id = $id", ("$reason", reason), ("$id", id)),
        cancellation);

    /// <summary>Stops a run; a worker at it learns of it with its next call. Repeated, does nothing.</summary>
    /// <exception cref="StoreRefusedException">There is no such run, or it has ended otherwise.</exception>
    public Task<Run> CancelAsync(string id, CancellationToken cancellation) => ChangedAsync(
        connection =>
        {
            Run run = RequireVisible(connection, id);
            RunState state = run.Latest.State;
            if (state == RunState.Done)
            {
                throw new StoreRefusedException(StoreRefusal.WrongState, "The run has ended.");
            }

            if (state != RunState.Cancelled)
            {
                RunRows.Append(connection, run, RunState.Cancelled, run.Latest.Progress, _time.Now());
            }

            return RunRows.Require(connection, id);
        },
        cancellation);

    /// <summary>Begins a result; the worker writes it, disposes it, and hands it to completion before that.</summary>
    public ResultDraft BeginResult(SegmentKind kind, string name) => new(_folders, _keys.Seals, kind, name);

    /// <summary>Ends a run with its results: all of them are kept, or none.</summary>
    /// <exception cref="StoreRefusedException">The attempt is over.</exception>
    public async Task<Run> CompleteAsync(
        string id, int attempt, IReadOnlyList<ResultDraft> results, CancellationToken cancellation)
    {
        Run running = Find(id) ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such run.");
        List<Segment> segments = [];
        foreach (ResultDraft result in results)
        {
            segments.Add(await result.SealAsync(running, _time.GetUtcNow(), cancellation));
        }

        // Not cancelled from here on: files that have their names get their rows, or go.
        bool kept = false;
        try
        {
            segments.ForEach(segment =>
                SegmentFiles.Publish(_folders.Part(segment.Id), _folders.Segment(segment.Id, segment.Kind), _folders));
            Run done = await AdvanceAsync(
                id,
                attempt,
                RunState.Done,
                run => run.Latest.Progress,
                connection => Insert(connection, segments, results),
                CancellationToken.None);
            kept = true;
            return done;
        }
        finally
        {
            // A commit that reports a failure may have come through all the same: then the files stay.
            if (!kept && Find(id)?.Latest.State != RunState.Done)
            {
                segments.ForEach(segment => SegmentFiles.Unpublish(
                    _folders.Part(segment.Id), _folders.Segment(segment.Id, segment.Kind), _folders, wanted: false));
            }
        }
    }

    /// <summary>Waits until a run has an event after a sequence number, or is gone.</summary>
    /// <returns>The run as it is then; null when it is gone.</returns>
    public async Task<Run?> WaitAsync(string id, long after, CancellationToken cancellation)
    {
        while (true)
        {
            Task next = _pulse.Next;
            Run? run = Find(id);
            if (run is null || run.Latest.Sequence > after)
            {
                return run;
            }

            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Waits until the queue may have something for a worker.</summary>
    public async Task WaitForWorkAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task next = _pulse.Next;
            if (_database.Read(connection => RunRows.InState(connection, RunState.Queued, 1)).Count > 0)
            {
                return;
            }

            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Puts the runs back into the queue that were running when the process ended.</summary>
    internal Task RequeueAsync() => _database.WriteAsync(
        connection => RunRows.InState(connection, RunState.Running, int.MaxValue).ForEach(
            run => RunRows.Append(connection, run, RunState.Queued, RunProgress.None, _time.Now())),
        CancellationToken.None);

    private void Insert(SqliteConnection connection, List<Segment> segments, IReadOnlyList<ResultDraft> results)
    {
        foreach ((Segment segment, ResultDraft result) in segments.Zip(results))
        {
            SegmentRows.Insert(connection, segment);
            if (result.Cipher is { } cipher)
            {
                _keys.Keep(connection, segment.ProjectId, cipher, _time.Now());
            }
        }
    }

    private static Segment RequireInput(SqliteConnection connection, string projectId, string id) =>
        SegmentRows.Find(connection, id) is { Kind: SegmentKind.Encoding } segment && segment.ProjectId == projectId
            ? segment
            : throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such encoded file in the project.");

    private static Run RequireVisible(SqliteConnection connection, string id) =>
        RunRows.Find(connection, id)
        ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such run.");

    private Task<Run> AdvanceAsync(
        string id,
        int attempt,
        RunState to,
        Func<Run, RunProgress> progress,
        Action<SqliteConnection> more,
        CancellationToken cancellation) => ChangedAsync(
        connection =>
        {
            Run run = RequireVisible(connection, id);
            if (run.Attempt != attempt)
            {
                throw new StoreRefusedException(StoreRefusal.Stale, $"Attempt {attempt} is over.");
            }

            if (run.Latest.State == RunState.Queued)
            {
                throw new StoreRefusedException(StoreRefusal.Stale, "The run waits for another attempt.");
            }

            RunRows.Append(connection, run, to, progress(run), _time.Now());
            more(connection);
            return RunRows.Require(connection, id);
        },
        cancellation);

    private async Task<T> ChangedAsync<T>(Func<SqliteConnection, T> change, CancellationToken cancellation)
    {
        T result = await _database.WriteAsync(change, cancellation);
        _pulse.Beat();
        return result;
    }
}
