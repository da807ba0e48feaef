using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Deletes what has been kept as long as it may be, and certifies every deletion.</summary>
internal sealed class RetentionSweeper : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How long a removed record stays in the files before they are written without it, so that records
    /// that are removed one by one do not have a file written anew for each.</summary>
    public static readonly TimeSpan ErasureDelay = TimeSpan.FromHours(1);

    private readonly UnitStore _store;
    private readonly IRetentionClock _clock;
    private readonly CertificateDesk _desk;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Prepares to look, at the start of the host and then now and again.</summary>
    public RetentionSweeper(
        UnitStore store,
        IRetentionClock clock,
        CertificateDesk desk,
        TimeProvider time,
        ILogger<RetentionSweeper> logger)
    {
        _store = store;
        _clock = clock;
        _desk = desk;
        _time = time;
        _logger = logger;
    }

    /// <summary>Looks once.</summary>
    /// <returns>How many deletions were certified.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        foreach (string id in _store.Retention.ProjectIds())
        {
            cancellation.ThrowIfCancellationRequested();
            await ExpireAsync(id);
        }

        foreach (string id in _store.Erasure.ListDue(_time.GetUtcNow() - ErasureDelay))
        {
            await EraseAsync(id, cancellation);
        }

        int certified = await _desk.IssueAsync(cancellation);
        if (certified > 0)
        {
            _logger.DeletionsCertified(certified);
        }

        return certified;
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
                await TrySweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what is due is deleted after the next start.
        }
    }

    private async Task ExpireAsync(string projectId)
    {
        if (_store.Projects.Find(projectId) is not { } project)
        {
            return; // deleted in between
        }

        RetentionTerms terms = _clock.Of(project);
        DateTimeOffset now = _time.GetUtcNow();
        bool done = true;
        if (terms.Results is { } results)
        {
            done &= await _store.Retention.ExpireResultsAsync(projectId, now - results, terms.Clause);
        }

        if (terms.Encodings is { } encodings)
        {
            done &= await _store.Retention.ExpireEncodingsAsync(projectId, now - encodings, terms.Clause);
        }

        if (!done)
        {
            _logger.RetentionWaits(projectId);
        }
    }

    // A damaged file is no reason to leave the records of other projects where they are.
    private async Task EraseAsync(string projectId, CancellationToken cancellation)
    {
        try
        {
            if (!await _store.Erasure.EraseAsync(projectId, runId: null, cancellation))
            {
                _logger.RetentionWaits(projectId);
            }
        }
        catch (Exception fault) when (fault is IOException or EncodingFormatException)
        {
            _logger.RetentionFailed(fault.GetType().Name);
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellation)
    {
        try
        {
            await SweepAsync(cancellation);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            _logger.RetentionFailed(fault.GetType().Name);
        }
    }
}
