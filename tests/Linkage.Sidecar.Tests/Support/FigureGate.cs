using System.Diagnostics.Metrics;
using Linkage.Sidecar.Telemetry;

namespace Linkage.Sidecar.Tests.Support;

/// <summary>Holds what a process does, from the moment it notes a figure of it, until it is opened.</summary>
internal sealed class FigureGate : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FigureGate(string instrument, SidecarMetrics? metrics)
    {
        _listener.InstrumentPublished = (published, own) =>
        {
            bool isOurs = metrics is null
                ? published.Meter.Name == SidecarMetrics.MeterName
                : ReferenceEquals(published.Meter, metrics.Meter);
            if (isOurs && published.Name == instrument)
            {
                own.EnableMeasurementEvents(published);
            }
        };
    }

    /// <summary>Ends when something waits.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Holds every run at the end of a stage.</summary>
    /// <param name="stage">The stage after which runs wait.</param>
    /// <param name="metrics">Where the process notes its figures; null if it is the only one here.</param>
    public static FigureGate AfterStage(string stage, SidecarMetrics? metrics = null)
    {
        FigureGate gate = new("linkage.run.stage.duration", metrics);
        KeyValuePair<string, object?> label = new("stage", stage);
        gate._listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (tags.Contains(label))
            {
                gate.Hold();
            }
        });
        gate._listener.Start();
        return gate;
    }

    /// <summary>Holds uploads of the only unit here once something was acknowledged: the second part of a file is on
    /// disk, and its sender does not know.</summary>
    public static FigureGate AmidUpload()
    {
        FigureGate gate = new("linkage.upload.received", metrics: null);
        int parts = 0;
        gate._listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            if (Interlocked.Increment(ref parts) > 1)
            {
                gate.Hold();
            }
        });
        gate._listener.Start();
        return gate;
    }

    /// <summary>Lets everything go on.</summary>
    public void Open() => _opened.TrySetResult();

    public void Dispose()
    {
        _listener.Dispose();
        Open();
    }

    // Figures are noted on the thread that does the work, so that it waits here.
    private void Hold()
    {
        _reached.TrySetResult();
        _opened.Task.Wait();
    }
}
