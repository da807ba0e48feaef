using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
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
        using var gate = FigureGate.AfterStage(stage, metrics);
        using Stored.UnitStore store = await StoreTest.OpenAsync(folder);
        using RunQueue queue = RunBench.QueueOf(store, folder, metrics);
        Stored.Run run = store.Runs.Find(runId)!;
        await queue.StartAsync(StoreTest.None);
        Task telling = TellAsync(gate);
        while (!RunMessages.HasEnded(run.Latest.State))
        {
            run = (await store.Runs.WaitAsync(runId, run.Latest.Sequence, StoreTest.None))!;
        }

        await queue.StopAsync(StoreTest.None);
        return telling.IsCompleted ? 0 : 1;
    }

    /// <summary>Prints that something waits, once it does.</summary>
    public static async Task TellAsync(FigureGate gate)
    {
        await gate.Reached;
        Console.WriteLine(IsThere);
    }
}
