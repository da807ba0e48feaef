using System.CommandLine;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>"init": makes all that a first run needs.</summary>
internal static class InitCommand
{
    private static readonly string[] ExampleParties = ["agency_1", "agency_2"];

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> directory = new("--out")
        {
            Required = true,
            HelpName = "DIR",
            Description = "A directory that does not exist yet, or is empty.",
        };
        Option<string[]> parties = new("--party")
        {
            HelpName = "NAME",
            Description = "An agency that takes part; may be given several times.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ExampleParties,
        };
        Option<string[]> hosts = new("--host")
        {
            HelpName = "NAME",
            Description = "A further name or address of the server, for its certificate; may be given several times.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<string> role = new("--role")
        {
            HelpName = "ROLE",
            Description = "owner, unit, or both (for development).",
            DefaultValueFactory = _ => "both",
        };
        role.AcceptOnlyFromAmong("owner", "unit", "both");
        Command command = new(
            "init", "Makes a development authority, certificates, tokens, directories and a configuration.")
        {
            directory, parties, hosts, role,
        };
        command.SetAction(parsed => Run(
            environment,
            parsed.GetRequiredValue(directory),
            new InstallationPlan
            {
                Parties = parsed.GetRequiredValue(parties),
                Hosts = parsed.GetRequiredValue(hosts),
                Roles = parsed.GetRequiredValue(role) switch
                {
                    "owner" => SidecarRoles.Owner,
                    "unit" => SidecarRoles.Unit,
                    _ => SidecarRoles.Owner | SidecarRoles.Unit,
                },
            }));
        return command;
    }

    private static int Run(CommandEnvironment environment, string directory, InstallationPlan plan)
    {
        IReadOnlyList<string> made = Installation.Create(directory, plan, environment.Time);
        foreach (string line in made)
        {
            environment.Output.WriteLine(line);
        }

        string config = Path.Join(directory, Installation.ConfigurationFile);
        environment.Messages.WriteLine($"Next: linkage sidecar run --config {config}");
        environment.Messages.WriteLine(
            "Hand each caller its files in clients/ over a secure channel, then remove them here. "
            + "The authority is for development: nobody but you vouches for it.");
        return ExitCode.Ok;
    }
}
