using System.CommandLine;
using Linkage.Cli.Input;
using Linkage.Cli.Terminal;
using Linkage.Cli.Unit;
using Linkage.Core.Reporting;

namespace Linkage.Cli.Commands;

/// <summary>"linkage thresholds": what other thresholds would have meant for a run.</summary>
internal static class ThresholdsCommand
{
    private const string Summary = "Shows what other thresholds would mean for a run: links, wrong ones, missed ones.";

    private const string Explanation =
        """
        Reads run.json in the directory that link wrote to. Precision and recall are what the probabilities let
        expect; nobody needs to know the truth. Recall is of the true pairs that were compared: link says how many
        met. Review is how many pairs would lie between the threshold and that of a possible match.
        """;

    private const string Example =
        """
        linkage thresholds results
        linkage thresholds results --target-fdr 0.01
        """;

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string> directory = new("DIR") { Description = "The directory that link wrote to." };
        Option<double?> target = TargetOption.Create(
            "Recommends the lowest threshold with at most this expected share of wrong links, such as 0.01.");
        Option<bool> json = new("--json") { Description = "Prints the table and the recommendation as JSON." };

        ExampleCommand command = new("thresholds", Summary, Explanation, Example) { directory, target, json };
        command.SetAction(parsed => Run(
            context,
            parsed.GetRequiredValue(directory),
            TargetOption.Get(parsed, target),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, string directory, double? target, bool isJson)
    {
        string path = Path.Join(directory, LinkResultFiles.RunName);
        ThresholdAdvice advice = new(RunFileReader.ReadThresholds(path), target);
        if (isJson)
        {
            JsonText.Write(context.Output.Results, advice.WriteJson);
        }
        else
        {
            advice.WriteText(context.Output.Results);
        }

        return ExitCode.Ok;
    }
}
