using System.CommandLine;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>"run": answers until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> config = ConfigOption.Create();
        Command command = new("run", "Starts the sidecar; it runs until SIGTERM or Ctrl-C.") { config };
        command.SetAction((parsed, stop) =>
            RunAsync(ConfigOption.Read(parsed, config, environment), environment, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        SidecarOptions options, CommandEnvironment environment, CancellationToken stop)
    {
        await using WebApplication app = SidecarHost.Build(options, environment.Time);
        SystemdNotifier supervisor = new((string?)environment.Variables[SystemdNotifier.Variable]);
        return await SidecarHost.RunAsync(app, options, supervisor, stop);
    }
}
