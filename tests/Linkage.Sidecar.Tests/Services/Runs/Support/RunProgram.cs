using System.Diagnostics.Metrics;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Tests.Storage.Support;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>
/// A process that works off a run of a store to the end of a stage, says so, and goes no further until it is killed.
/// </summary>
internal static class RunProgram
{
    public const string Name = "run-worker";

    /// <summary>What it prints when it is there.</summary>
    public const string IsThere = "at the end of the stage";

    public static async Task<int> RunAsync(string folder, string runId, string stage)
    {
        using SidecarMetrics metrics = new([]);
        using ManualResetEventSlim never = new();
        using MeterListener listener = StopAfter(stage, metrics, never);
        using Stored.UnitStore store = await StoreTest.OpenAsync(folder);
        using RunQueue queue = RunBench.QueueOf(store, folder, metrics);
        Stored.Run run = store.Runs.Find(runId)!;
        await queue.StartAsync(StoreTest.None);
        while (!RunMessages.HasEnded(run.Latest.State))
        {
            run = (await store.Runs.WaitAsync(runId, run.Latest.Sequence, StoreTest.None))!;
        }

        await queue.StopAsync(StoreTest.None);
        return 0;
    }

    // Figures are noted on the thread that does the work, so that it waits here between two stages.
    private static MeterListener StopAfter(string stage, SidecarMetrics metrics, ManualResetEventSlim never)
    {
        MeterListener listener = new();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter) && instrument.Name == "linkage.run.stage.duration")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("stage", stage)))
            {
                Console.WriteLine(IsThere);
                never.Wait();
            }
        });
        listener.Start();
        return listener;
    }
}
