using System.Threading.Channels;
using Linkage.Bloom;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Takes a worker's progress at any pace, and writes the newest now and then as an event of the run.</summary>
internal sealed class RunProgressLog : IProgress<StageProgress>, IAsyncDisposable
{
    /// <summary>The least time between two events.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Channel<StageProgress> _newest = Channel.CreateBounded<StageProgress>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Stored.RunStore _runs;
    private readonly Stored.Run _run;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly Task _writing;

    public RunProgressLog(
        Stored.RunStore runs, Stored.Run run, TimeProvider time, CancellationToken cancellation)
    {
        _runs = runs;
        _run = run;
        _time = time;
        _cancellation = cancellation;
        _writing = WriteAsync();
    }

    /// <inheritdoc/>
    public void Report(StageProgress value) => _newest.Writer.TryWrite(value);

    /// <summary>Writes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _newest.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (StageProgress progress in _newest.Reader.ReadAllAsync(_cancellation))
            {
                await _runs.ReportAsync(
                    _run.Id,
                    _run.Attempt,
                    new Stored.RunProgress(progress.Stage, progress.Done, progress.Total),
                    _cancellation);
                if (!_newest.Reader.Completion.IsCompleted)
                {
                    await Task.WhenAny(_newest.Reader.Completion, Task.Delay(Interval, _time, _cancellation));
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or Stored.StoreRefusedException)
        {
            // The attempt is over, so there is nobody to tell; the work itself learns it by its own token.
            _newest.Writer.TryComplete();
        }
    }
}
