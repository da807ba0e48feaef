using System.Collections.Concurrent;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Telemetry;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Reports answers that parties owe and that are overdue: a line when there are more, and a figure.</summary>
internal sealed class OverdueWatch : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private const int PageLength = 500;

    private readonly ConcurrentDictionary<string, int> _overdue = new();
    private readonly UnitStore _store;
    private readonly WaitingList _waiting;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Prepares to look, at the start of the host and then now and again.</summary>
    public OverdueWatch(
        UnitStore store,
        WaitingList waiting,
        TimeProvider time,
        ILogger<OverdueWatch> logger,
        SidecarMetrics? metrics = null)
    {
        _store = store;
        _waiting = waiting;
        _time = time;
        _logger = logger;
        metrics?.Meter.CreateObservableGauge(
            "linkage.agreements.overdue",
            () => (long)_overdue.Values.Sum(),
            "{answer}",
            "Answers that parties owe and that are overdue.");
    }

    /// <summary>Looks once at all projects.</summary>
    /// <returns>How many answers are overdue.</returns>
    public int Look()
    {
        DateTimeOffset now = _time.GetUtcNow();
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (Project project in Projects())
        {
            seen.Add(project.Id);
            int count = _waiting.Of(project.Id).Count(thing => thing.IsOverdueAt(now));
            if (count > _overdue.GetValueOrDefault(project.Id))
            {
                _logger.AnswersOverdue(count, project.Id);
            }

            _overdue[project.Id] = count;
        }

        foreach (string gone in _overdue.Keys.Where(project => !seen.Contains(project)))
        {
            _overdue.TryRemove(gone, out _);
        }

        return _overdue.Values.Sum();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for it
        using PeriodicTimer timer = new(Interval, _time);
        try
        {
            do
            {
                TryLook();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what is overdue is found after the next start.
        }
    }

    private void TryLook()
    {
        try
        {
            _ = Look();
        }
        catch (Exception fault) when (fault is SqliteException or IOException or FormatException)
        {
            _logger.OverdueWatchFailed(fault.GetType().Name);
        }
    }

    private IEnumerable<Project> Projects()
    {
        ListCursor after = ListCursor.Start;
        IReadOnlyList<Project> page;
        do
        {
            page = _store.Projects.Page(new ProjectFilter(null, null, WithDeleted: false), after, PageLength);
            foreach (Project project in page)
            {
                yield return project;
                after = ListCursor.After(project.CreatedAt, project.Id);
            }
        }
        while (page.Count == PageLength);
    }
}
