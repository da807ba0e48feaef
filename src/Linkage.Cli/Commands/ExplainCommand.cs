using System.CommandLine;
using Linkage.Cli.Output;
using Linkage.Cli.Review;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>"linkage explain": why a pair was decided as it was.</summary>
internal static class ExplainCommand
{
    private const string Summary = "Says what spoke for and against a pair of records.";

    private const string Explanation =
        """
        Run by the linkage unit on the results of 'link'. The unit has no names, so none are shown: for every comparison
        the level of agreement and its weight, then what the prior adds. A pair that was never compared, or was too
        light to be kept, cannot be explained and gives exit code 2.
        """;

    private const string Example =
        """
        linkage explain results health:0f1e2d3c4b5a69788796a5b4c3d2e1f0 benefits:00112233445566778899aabbccddeeff
        """;

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string> directory = new("DIR") { Description = "The directory that 'link' wrote." };
        Argument<string> left = new("LEFT") { Description = "A record: party:handle, or the handle alone." };
        Argument<string> right = new("RIGHT") { Description = "The other record; the order does not matter." };
        Option<bool> json = new("--json") { Description = "Prints the same as JSON." };
        Option<string?> html = new("--html") { HelpName = "FILE", Description = "Also draws it, as an HTML file." };
        ExampleCommand command = new("explain", Summary, Explanation, Example)
        {
            directory, left, right, html, json,
        };
        command.SetAction(parsed => Run(
            context,
            parsed.GetRequiredValue(directory),
            RecordName.Parse(parsed.GetRequiredValue(left), left.Name),
            RecordName.Parse(parsed.GetRequiredValue(right), right.Name),
            parsed.GetValue(html),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(
        CommandContext context, string directory, RecordName left, RecordName right, string? html, bool isJson)
    {
        if (html is not null)
        {
            OutputPaths.RequireDistinct(
                "--html", html, [.. EarlierRun.FileNames.Select(name => Path.Join(directory, name))]);
        }

        EarlierRun run = EarlierRun.Open(directory);
        PairSearch search = new(run, left, right);
        PairRow row = context.Output.Track("reading", progress => search.Find(progress, context.Cancellation));
        PairExplanation explanation = new(run, row);
        if (html is not null)
        {
            explanation.WriteHtml(html);
        }

        if (isJson)
        {
            JsonText.Write(context.Output.Results, explanation.WriteJson);
        }
        else
        {
            explanation.WriteText(context.Output.Results);
        }

        return ExitCode.Ok;
    }
}
