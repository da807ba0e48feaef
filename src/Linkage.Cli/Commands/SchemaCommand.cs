using System.CommandLine;

namespace Linkage.Cli.Commands;

/// <summary>"linkage schema": what the owners agree on before anybody encodes.</summary>
internal static class SchemaCommand
{
    private const string Summary = "Works on schemas: what the data owners agree on before anybody encodes.";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Command command = new("schema", Summary);
        command.Subcommands.Add(SchemaInitCommand.Create(context));
        return command;
    }
}
