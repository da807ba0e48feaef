using System.CommandLine;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Quality;
using Linkage.Cli.Terminal;
using Linkage.Core.Evaluation;

namespace Linkage.Cli.Commands;

/// <summary>"linkage evaluate": compares a result with the truth, where somebody knows it.</summary>
internal static class EvaluateCommand
{
    private const string Summary = "Compares pairs or entities with the truth: precision, recall, F1, also by group.";

    private const string Explanation =
        """
        For made-up data and for samples checked by hand: it needs the maps of all sources and a column of truth.
        Two records are a true pair when their truth is equal and not empty. With several sources only pairs across
        sources count, with one source the pairs within it. Each source is NAME=map,records, NAME being its party.
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
            Description = "Also prints the figures for each value of this column.",
        };
        Option<bool> json = new("--json") { Description = "Prints the figures as JSON, with the whole curve." };

        ExampleCommand command = new("evaluate", Summary, Explanation, Example)
        {
            pairs, entities, sources, id, truth, group, json,
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
            },
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, EvaluateRequest request, bool isJson)
    {
        Check(request);
        KnownRecords known = new(request, context.Cancellation);
        EvaluationRecords records = context.Output.Track("reading records", known.Read);
        PredictionReader reader = new(known, context.Cancellation);
        QualityFigures figures = request.Pairs is string pairs
            ? QualityFigures.OfPairs(
                records, context.Output.Track("reading pairs", progress => reader.ReadPairs(pairs, progress)))
            : QualityFigures.OfEntities(
                records,
                context.Output.Track(
                    "reading entities", progress => reader.ReadEntities(request.Entities!, progress)));
        if (isJson)
        {
            JsonText.Write(context.Output.Results, figures.WriteJson);
        }
        else
        {
            figures.WriteText(context.Output.Results);
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
