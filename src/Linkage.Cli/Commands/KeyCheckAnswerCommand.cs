using System.CommandLine;
using Linkage.Bloom.Keys;
using Linkage.Cli.Owner;

namespace Linkage.Cli.Commands;

/// <summary>"linkage key check answer": the second owner's text.</summary>
internal static class KeyCheckAnswerCommand
{
    private const string Summary = "Answers the first text of a key check.";

    private const string Explanation =
        """
        Run by the owner who was sent the start text. Send the answer back and keep both texts; it may travel openly.
        """;

    private const string Example =
        "linkage key check answer --schema people.schema.json --key project.key --start start.txt --out answer.txt";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string> schema = KeyCheckSide.SchemaOption();
        Option<string> key = KeyCheckSide.KeyOption();
        Option<string> start = KeyCheckSide.FileOption("--start", "The start text that you were sent.");
        Option<string> answer = KeyCheckSide.FileOption("--out", "Where to write the answer text.");
        ExampleCommand command = new("answer", Summary, Explanation, Example) { schema, key, start, answer };
        command.SetAction(parsed =>
        {
            string startPath = parsed.GetRequiredValue(start);
            using KeyCheckSide side = new(parsed.GetRequiredValue(schema), parsed.GetRequiredValue(key));
            string startText = KeyCheckSide.Read(startPath);
            string text = KeyCheckSide.Do(() => KeyCheck.Answer(side.Schema, side.Key, startText));
            side.Write(parsed.GetRequiredValue(answer), text, startPath);
            context.Output.Note("Send this text back to the first owner, who runs 'linkage key check finish'.");
            return ExitCode.Ok;
        });
        return command;
    }
}
