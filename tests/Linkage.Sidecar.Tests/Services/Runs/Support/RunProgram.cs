using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Tests.Storage.Support;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>A process that works off the runs of a store until it is killed, and prints every event of one.</summary>
internal static class RunProgram
{
    public const string Name = "run-worker";

    public static async Task<int> RunAsync(string folder, string runId)
    {
        using Stored.UnitStore store = await StoreTest.OpenAsync(folder);
        using RunQueue queue = RunBench.QueueOf(store, folder);
        Stored.Run run = store.Runs.Find(runId)!;
        await queue.StartAsync(StoreTest.None);
        while (!RunMessages.HasEnded(run.Latest.State))
        {
            run = (await store.Runs.WaitAsync(runId, run.Latest.Sequence, StoreTest.None))!;
            Console.WriteLine($"{run.Latest.State} {run.Latest.Progress.Stage}");
        }

        await queue.StopAsync(StoreTest.None);
        return 0;
    }
}
