using System.CommandLine;
using Linkage.Cli.Proposal;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>"linkage schema passes": what passes cost, lose and give away on an owner's records.</summary>
internal static class SchemaPassesCommand
{
    private const string Summary = "Measures the passes of a schema on one of your CSV files.";

    private const string Explanation =
        """
        Run by a data owner, on its own file, before the owners agree to a schema. Prints for each pass how many others
        a record meets by chance, the largest block, and the records it leaves out for want of a key or in blocks over
        the limit; then how far equal names could be chained together over the passes, a guess of the share of true
        pairs that meet, and the passes that would be proposed for your data. No value of a record is printed.
        The names of groups are; a group of fewer than 10 records counts with other small ones.
        """;

    private const string Example =
        """
        linkage schema passes people.schema.json --in health.csv
        linkage schema passes people.schema.json --in health.csv --population 1000000 --group-column sex --json
        """;

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string> schema = new("SCHEMA") { Description = "The schema file (linkage-schema/1)." };
        Option<string> input = new("--in")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Your records: CSV with a header row.",
        };
        Option<string?> columns = new("--columns")
        {
            HelpName = "FILE",
            Description = "What is special about your CSV (linkage-columns/1).",
        };
        Option<long?> population = new("--population")
        {
            HelpName = "N",
            Description = "Records of the largest file that will take part (default: those the schema states).",
        };
        Option<string?> group = new("--group-column")
        {
            HelpName = "COLUMN",
            Description = "Also counts what is left out for each value of this column, which is never encoded.",
        };
        Option<bool> json = new("--json") { Description = "Prints the figures as JSON." };
        ExampleCommand command = new("passes", Summary, Explanation, Example)
        {
            schema, input, columns, population, group, json,
        };
        command.SetAction(parsed => Run(
            context,
            new PassSurveyOptions
            {
                Schema = parsed.GetRequiredValue(schema),
                Input = parsed.GetRequiredValue(input),
                Columns = parsed.GetValue(columns),
                Population = parsed.GetValue(population),
                GroupColumn = parsed.GetValue(group),
            },
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, PassSurveyOptions options, bool isJson)
    {
        if (options.Population < 1)
        {
            throw new ArgumentException("--population must be at least 1");
        }

        PassSurveyAnswer answer = new PassSurveyRun(context, options).Execute();
        PassSurveyText text = new(answer, options);
        if (isJson)
        {
            JsonText.Write(context.Output.Results, new PassSurveyJson(answer).Write);
        }
        else
        {
            text.Write(context.Output.Results);
        }

        foreach (string warning in text.Warnings())
        {
            context.Output.Warn(warning);
        }

        return ExitCode.Ok;
    }
}
