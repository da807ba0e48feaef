namespace Linkage.Sidecar.Load;

/// <summary>How long a unit takes to serve, and what it holds while nobody calls.</summary>
internal static class StartUpPhase
{
    private const int Rounds = 5;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Starts a unit several times.</summary>
    public static async Task RunAsync(LoadOptions options, TextWriter report)
    {
        List<double> seconds = [];
        List<double> idle = [];
        for (int round = 0; round < Rounds; round++)
        {
            await using UnitProcess unit = await UnitProcess.StartAsync(options.Program, options.Home);
            seconds.Add(unit.StartUp.TotalMilliseconds);
            await Task.Delay(Quiet); // what it does at the start is over by then
            idle.Add(MemoryWatch.Read(unit.Id, "VmRSS") / 1e6);
        }

        await report.WriteLineAsync($"""

            ## Start

            Median of {Rounds} (least to most); each started, asked for its health until it served, left alone for two
            seconds.

            | what | |
            | --- | --- |
            | start of the process to SERVING | {Figures.Spread(seconds)} ms |
            | resident memory, idle | {Figures.Spread(idle)} MB |
            """);
    }
}
