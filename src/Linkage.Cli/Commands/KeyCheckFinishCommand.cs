using System.CommandLine;
using Linkage.Bloom.Keys;
using Linkage.Cli.Owner;

namespace Linkage.Cli.Commands;

/// <summary>"linkage key check finish": each owner's result, and the first owner's confirmation.</summary>
internal static class KeyCheckFinishCommand
{
    private const string Summary = "Ends a key check: says whether key, schema and software are the same.";

    private const string Explanation =
        """
        The first owner gives --out for the confirmation and sends it to the second owner, who gives it as --confirm.
        Exit code 0 means that nothing differs; 2 that something does, and the output says what.
        """;

    private const string Example =
        """
        linkage key check finish --schema s.json --key k.key --start start.txt --answer answer.txt --out confirm.txt
        linkage key check finish --schema s.json --key k.key --start start.txt --answer answer.txt --confirm confirm.txt
        """;

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string> schema = KeyCheckSide.SchemaOption();
        Option<string> key = KeyCheckSide.KeyOption();
        Option<string> start = KeyCheckSide.FileOption("--start", "The start text.");
        Option<string> answer = KeyCheckSide.FileOption("--answer", "The answer text.");
        Option<string?> output = new("--out")
        {
            HelpName = "FILE",
            Description = "First owner: where to write the confirmation for the second owner.",
        };
        Option<string?> confirm = new("--confirm")
        {
            HelpName = "FILE",
            Description = "Second owner: the confirmation that you were sent.",
        };
        ExampleCommand command = new("finish", Summary, Explanation, Example)
        {
            schema, key, start, answer, output, confirm,
        };
        command.SetAction(parsed => Run(
            context,
            (parsed.GetRequiredValue(schema), parsed.GetRequiredValue(key)),
            (parsed.GetRequiredValue(start), parsed.GetRequiredValue(answer)),
            parsed.GetValue(output),
            parsed.GetValue(confirm)));
        return command;
    }

    private static int Run(
        CommandContext context,
        (string Schema, string Key) own,
        (string Start, string Answer) texts,
        string? output,
        string? confirm)
    {
        if (output is null == confirm is null)
        {
            throw new ArgumentException("give --out as the first owner or --confirm as the second, not both");
        }

        using KeyCheckSide side = new(own.Schema, own.Key);
        string start = KeyCheckSide.Read(texts.Start);
        string answer = KeyCheckSide.Read(texts.Answer);
        KeyCheckResult result;
        if (confirm is not null)
        {
            string confirmation = KeyCheckSide.Read(confirm);
            result = KeyCheckSide.Do(() => KeyCheck.Confirm(side.Schema, side.Key, start, answer, confirmation));
        }
        else
        {
            (result, string text) = KeyCheckSide.Do(() => KeyCheck.Finish(side.Schema, side.Key, start, answer));
            side.Write(output!, text, texts.Start, texts.Answer);
        }

        foreach (string sentence in result.Describe())
        {
            context.Output.Results.WriteLine(sentence);
        }

        return result.IsSame ? ExitCode.Ok : ExitCode.BadInput;
    }
}
