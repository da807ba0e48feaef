using System.CommandLine;
using Linkage.Cli.Output;
using Linkage.Cli.Review;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>"linkage review": the pairs that a person should decide, as a file to fill in.</summary>
internal static class ReviewCommand
{
    private const string Summary = "Writes the doubtful pairs of a run as a file in which a person decides them.";

    private const string Explanation =
        """
        Run by the linkage unit on the results of 'link'. The file lists possible matches and matches near the
        threshold, most doubtful first, by handle, level and weight. Write match or non-match into the column review, or
        leave it empty, and give the file to 'link --decisions'. The legend of the patterns goes to standard output.
        """;

    private const string Example =
        """
        linkage review results --out review.csv --limit 200
        linkage link health.lke benefits.lke --out results2 --decisions review.csv
        """;

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string> directory = new("DIR") { Description = "The directory that 'link' wrote." };
        Option<string> output = new("--out")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Where to write the pairs; a file that holds answers is not replaced.",
        };
        Option<int> limit = new("--limit")
        {
            HelpName = "N",
            Description = "At most so many pairs, the most doubtful ones (default: all).",
        };
        Option<bool> force = new("--force") { Description = "Replaces the file even if answers are lost." };
        ExampleCommand command = new("review", Summary, Explanation, Example) { directory, output, limit, force };
        command.SetAction(parsed => Run(
            context,
            parsed.GetRequiredValue(directory),
            parsed.GetRequiredValue(output),
            parsed.GetResult(limit) is null
                ? int.MaxValue
                : OptionRules.Get(parsed, limit, count => count > 0, "must be over 0"),
            parsed.GetValue(force)));
        return command;
    }

    private static int Run(CommandContext context, string directory, string path, int limit, bool isForced)
    {
        EarlierRun run = EarlierRun.Open(directory);
        OutputPaths.RequireDistinct(
            "--out", path, [.. EarlierRun.FileNames.Select(name => Path.Join(directory, name))]);
        if (!isForced && File.Exists(path) && ReviewFile.HasAnswers(path, context.Cancellation))
        {
            throw new PolicyException($"{path}: holds answers, which --force would replace; choose another name");
        }

        IReadOnlyList<PairRow> rows = context.Output.Track(
            "reading", progress => new ReviewQueue(run).Read(limit, progress, context.Cancellation));
        ReviewFile.Write(path, rows);
        PatternWords.WriteLegend(run.Model, context.Output.Results);
        context.Output.Note($"{Figures.Count(rows.Count)} pairs to review, most doubtful first");
        return ExitCode.Ok;
    }
}
