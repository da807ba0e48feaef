using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>Prints the tool's own version, whatever process hosts it.</summary>
/// <param name="output">Where to print.</param>
internal sealed class VersionAction(TerminalOutput output) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Assembly tool = typeof(VersionAction).Assembly;
        string? version = tool.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        output.Results.WriteLine($"linkage {version ?? tool.GetName().Version?.ToString()}");
        return ExitCode.Ok;
    }
}
