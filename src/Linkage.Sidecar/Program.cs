using Linkage.Sidecar.Hosting.Commands;

internal static class Program
{
    private static Task<int> Main(string[] args) =>
        SidecarCommandLine.RunAsync(args, CommandEnvironment.OfProcess());
}
