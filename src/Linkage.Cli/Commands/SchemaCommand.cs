using System.CommandLine;

namespace Linkage.Cli.Commands;

/// <summary>"linkage schema": what the owners agree on before anybody encodes.</summary>
internal static class SchemaCommand
{
    /// <summary>Builds the command with its subcommands.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context) =>
        new("schema", "Proposes, checks, measures and fingerprints the schema, agreed on before anybody encodes.")
        {
            SchemaInitCommand.Create(context),
            SchemaCheckCommand.Create(context),
            SchemaPassesCommand.Create(context),
            SchemaFingerprintCommand.Create(context),
        };
}
