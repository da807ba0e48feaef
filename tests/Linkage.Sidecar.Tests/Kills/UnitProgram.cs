using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>
/// The sidecar as it is, but that its runs go no further than to the end of a stage, or its uploads no further than
/// into their midst. It says so when one is there.
/// </summary>
internal static class UnitProgram
{
    public const string Name = "held-unit";

    /// <summary>The place at which uploads are held; every other one is a stage of runs.</summary>
    public const string AmidUpload = "upload";

    public static async Task<int> RunAsync(string place, string[] args)
    {
        using FigureGate gate = place == AmidUpload ? FigureGate.AmidUpload() : FigureGate.AfterStage(place);
        Task telling = RunProgram.TellAsync(gate);
        await Task.WhenAll(telling, SidecarCommandLine.RunAsync(args, CommandEnvironment.OfProcess()));
        return 0;
    }
}
