using System.CommandLine;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Quality;
using Linkage.Cli.Terminal;
using Linkage.Core.Evaluation;

namespace Linkage.Cli.Commands;

/// <summary>"linkage evaluate": compares a result with the truth, where somebody knows it.</summary>
internal static class EvaluateCommand
{
    private const string Summary = "Compares pairs or entities with the truth: quality with intervals, also by group.";

    private const string Explanation =
        """
        For made-up data and for samples checked by hand: it needs the maps of all sources and a column of truth.
        Two records are a true pair when their truth is equal and not empty. With several sources only pairs across
        sources count, with one source the pairs within it. Each source is NAME=map,records, NAME being its party.
        Intervals are 95 %, from drawing persons again. With pairs of a run with --keep-weight -100 it also tells which
        true pairs were compared at all.
        """;

    private const string Example =
        "linkage evaluate --pairs results/pairs.csv --source health=health.map.csv,health.csv "
        + "--source benefits=benefits.map.csv,benefits.csv --id-column rec_id --truth-column truth_person_id";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string?> pairs = new("--pairs") { HelpName = "FILE", Description = "pairs.csv of a run." };
        Option<string?> entities = new("--entities") { HelpName = "FILE", Description = "entities.csv of a run." };
        Option<string[]> sources = new("--source")
        {
            Required = true,
            HelpName = "NAME=MAP,CSV",
            Description = "A party, its map and its records; give one for every party.",
        };
        Option<string> id = new("--id-column")
        {
            Required = true,
            HelpName = "COLUMN",
            Description = "The column with the ids that the maps hold.",
        };
        Option<string> truth = new("--truth-column")
        {
            Required = true,
            HelpName = "COLUMN",
            Description = "The column that is equal for records of one person.",
        };
        Option<string?> group = new("--group-column")
        {
            HelpName = "COLUMN",
            Description = "Also prints figures and a verdict for each value of this column.",
        };
        Option<string?> reach = new("--records")
        {
            HelpName = "FILE",
            Description = "records.csv of the run: also tells which records cannot be linked at all.",
        };
        Option<string?> run = new("--run")
        {
            HelpName = "FILE",
            Description = "run.json of the run: also compares what it estimated without truth.",
        };
        Option<string?> html = new("--html") { HelpName = "FILE", Description = "Also writes a report with charts." };
        Option<bool> json = new("--json") { Description = "Prints the figures as JSON, with all curves." };

        ExampleCommand command = new("evaluate", Summary, Explanation, Example)
        {
            pairs, entities, sources, id, truth, group, reach, run, html, json,
        };
        command.SetAction(parsed => Run(
            context,
            new EvaluateRequest
            {
                Pairs = parsed.GetValue(pairs),
                Entities = parsed.GetValue(entities),
                Sources =
                [
                    .. OptionRules.Get(
                        parsed,
                        sources,
                        values => values.All(value => SourceFiles.Parse(value) is not null),
                        "must be NAME=map,records, such as health=health.map.csv,health.csv")
                        .Select(value => SourceFiles.Parse(value)!),
                ],
                IdColumn = parsed.GetRequiredValue(id),
                TruthColumn = parsed.GetRequiredValue(truth),
                GroupColumn = parsed.GetValue(group),
                Reach = parsed.GetValue(reach),
                Run = parsed.GetValue(run),
                Html = parsed.GetValue(html),
            },
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, EvaluateRequest request, bool isJson)
    {
        Check(request);
        LinkageEvaluation evaluation = new EvaluateRun(context, request).Execute();
        if (isJson)
        {
            JsonText.Write(context.Output.Results, new QualityJson(evaluation).Write);
        }
        else
        {
            new QualityText(evaluation).Write(context.Output.Results);
        }

        return ExitCode.Ok;
    }

    private static void Check(EvaluateRequest request)
    {
        if (request.Pairs is null == request.Entities is null)
        {
            throw new ArgumentException("give either --pairs or --entities");
        }

        if (request.Sources.Count > SchemaLimits.MaxParties)
        {
            throw new ArgumentException($"at most {SchemaLimits.MaxParties} sources can be evaluated");
        }

        if (request.Sources.DistinctBy(source => source.Party, StringComparer.Ordinal).Count() < request.Sources.Count)
        {
            throw new ArgumentException("two --source options name the same party");
        }
    }
}
