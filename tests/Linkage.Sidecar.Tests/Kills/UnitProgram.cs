using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Tests.Services.Runs.Support;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>
/// The sidecar as it is, but for its runs: they go no further than to the end of a stage. It says so when one is there.
/// </summary>
internal static class UnitProgram
{
    public const string Name = "held-unit";

    public static async Task<int> RunAsync(string stage, string[] args)
    {
        using RunGate gate = new(stage);
        Task telling = RunProgram.TellAsync(gate);
        await Task.WhenAll(telling, SidecarCommandLine.RunAsync(args, CommandEnvironment.OfProcess()));
        return 0;
    }
}
