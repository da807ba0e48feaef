using System.Diagnostics.Metrics;
using Linkage.Sidecar.Telemetry;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>Holds every run of a process at the end of a stage until it is opened.</summary>
internal sealed class RunGate : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sets it up.</summary>
    /// <param name="stage">The stage after which runs wait.</param>
    /// <param name="metrics">Where the process notes its figures; null if it is the only one here.</param>
    public RunGate(string stage, SidecarMetrics? metrics = null)
    {
        // Figures are noted on the thread that does the work, so that it waits here between two stages.
        KeyValuePair<string, object?> label = new("stage", stage);
        _listener.InstrumentPublished = (instrument, own) =>
        {
            bool isOurs = metrics is null
                ? instrument.Meter.Name == SidecarMetrics.MeterName
                : ReferenceEquals(instrument.Meter, metrics.Meter);
            if (isOurs && instrument.Name == "linkage.run.stage.duration")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (tags.Contains(label))
            {
                _reached.TrySetResult();
                _opened.Task.Wait();
            }
        });
        _listener.Start();
    }

    /// <summary>Ends when a run waits.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets every run go on.</summary>
    public void Open() => _opened.TrySetResult();

    public void Dispose()
    {
        _listener.Dispose();
        Open();
    }
}
