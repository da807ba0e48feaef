using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Services.Unit;

/// <summary>
/// Puts the store in order at the start of the host and then now and again, as long as the process runs. What cannot be
/// done is tried again the next time.
/// </summary>
internal abstract class StoreSweeper : BackgroundService
{
    private readonly TimeSpan _interval;

    /// <summary>Prepares to look.</summary>
    /// <param name="interval">How often it looks.</param>
    /// <param name="time">What time it is.</param>
    protected StoreSweeper(TimeSpan interval, TimeProvider time)
    {
        _interval = interval;
        Time = time;
    }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Looks once.</summary>
    /// <returns>How much was done.</returns>
    public abstract Task<int> SweepAsync(CancellationToken cancellation);

    /// <summary>Tells that the store could not be put in order.</summary>
    /// <param name="failure">The type of the exception: its message may quote a name.</param>
    protected abstract void TellOfFailure(string failure);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for it
        using PeriodicTimer timer = new(_interval, Time);
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
            // The process stops; what is due is done after the next start.
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
            TellOfFailure(fault.GetType().Name);
        }
    }
}
