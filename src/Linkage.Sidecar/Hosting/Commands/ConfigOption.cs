using System.CommandLine;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>The option that names the configuration.</summary>
internal static class ConfigOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string> Create() => new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration.",
        DefaultValueFactory = _ => "sidecar.json",
    };

    /// <summary>Reads the configuration that the command line names.</summary>
    /// <exception cref="SidecarOptionsException">It is wrong.</exception>
    public static SidecarOptions Read(ParseResult parsed, Option<string> option, CommandEnvironment environment) =>
        SidecarOptionsReader.Read(parsed.GetRequiredValue(option), environment.Variables);
}
