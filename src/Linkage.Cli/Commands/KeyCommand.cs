using System.CommandLine;

namespace Linkage.Cli.Commands;

/// <summary>"linkage key": what owners do with their keys besides making them.</summary>
internal static class KeyCommand
{
    /// <summary>Builds the command with its subcommands.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context) =>
        new("key", "Compares keys between data owners without showing them.")
        {
            new Command("check", "Three short texts by which two owners see that key and schema are the same.")
            {
                KeyCheckStartCommand.Create(context),
                KeyCheckAnswerCommand.Create(context),
                KeyCheckFinishCommand.Create(context),
            },
        };
}
