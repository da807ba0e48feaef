using System.CommandLine;
using Linkage.Bloom.Keys;
using Linkage.Cli.Owner;

namespace Linkage.Cli.Commands;

/// <summary>"linkage key check start": the first owner's text.</summary>
internal static class KeyCheckStartCommand
{
    private const string Summary = "Begins a key check: writes the first text, for the other owner.";

    private const string Explanation =
        """
        Run by one of two data owners. Send the text to the other owner and keep it; it may travel openly.
        """;

    private const string Example =
        "linkage key check start --schema people.schema.json --key project.key --out start.txt";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string> schema = KeyCheckSide.SchemaOption();
        Option<string> key = KeyCheckSide.KeyOption();
        Option<string> start = KeyCheckSide.FileOption("--out", "Where to write the start text.");
        ExampleCommand command = new("start", Summary, Explanation, Example) { schema, key, start };
        command.SetAction(parsed =>
        {
            using KeyCheckSide side = new(parsed.GetRequiredValue(schema), parsed.GetRequiredValue(key));
            side.Write(parsed.GetRequiredValue(start), KeyCheck.Start(side.Schema, side.Key));
            context.Output.Note("Send this text to the other owner, who runs 'linkage key check answer'; keep a copy.");
            return ExitCode.Ok;
        });
        return command;
    }
}
