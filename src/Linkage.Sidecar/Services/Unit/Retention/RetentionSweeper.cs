using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Deletes what has been kept as long as it may be, and certifies every deletion.</summary>
internal sealed class RetentionSweeper : StoreSweeper
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How long a removed record stays in the files before they are written without it, so that records
    /// that are removed one by one do not have a file written anew for each.</summary>
    public static readonly TimeSpan ErasureDelay = TimeSpan.FromHours(1);

    private readonly UnitStore _store;
    private readonly IRetentionClock _clock;
    private readonly CertificateDesk _desk;
    private readonly ILogger _logger;

    /// <summary>Prepares to look, at the start of the host and then now and again.</summary>
    public RetentionSweeper(
        UnitStore store,
        IRetentionClock clock,
        CertificateDesk desk,
        TimeProvider time,
        ILogger<RetentionSweeper> logger)
        : base(Interval, time)
    {
        _store = store;
        _clock = clock;
        _desk = desk;
        _logger = logger;
    }

    /// <inheritdoc/>
    /// <returns>How many deletions were certified.</returns>
    public override async Task<int> SweepAsync(CancellationToken cancellation)
    {
        foreach (string id in _store.Retention.ProjectIds())
        {
            cancellation.ThrowIfCancellationRequested();
            await ExpireAsync(id);
        }

        foreach (string id in _store.Erasure.ListDue(Time.GetUtcNow() - ErasureDelay))
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
    protected override void TellOfFailure(string failure) => _logger.RetentionFailed(failure);

    private async Task ExpireAsync(string projectId)
    {
        if (_store.Projects.Find(projectId) is not { } project)
        {
            return; // deleted in between
        }

        RetentionTerms terms = _clock.Of(project);
        DateTimeOffset now = Time.GetUtcNow();
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
}
