using System.CommandLine;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Terminal;
using Linkage.Cli.Unit;
using Linkage.Core;

namespace Linkage.Cli.Commands;

/// <summary>"linkage link": the linkage unit's whole work on files.</summary>
internal static class LinkCommand
{
    private const double DefaultKeepWeight = -10;

    private const string Summary = "Links encoded files: which records belong to one person, and how sure that is.";

    private const string Explanation =
        """
        Run by the linkage unit, which needs neither key nor names. Give one file of each party; one file alone is
        searched for duplicates. Into the directory go pairs.csv, entities.csv, clusters.csv (how firmly each entity
        hangs together, those most in doubt first), records.csv (how far each record could be linked at all),
        model.json, run.json and report.html.
        Unless said otherwise, each party is held to list a person once, and a record gets one partner in each other
        file at most.
        """;

    private const string Example =
        """
        linkage link health.lke benefits.lke --out results
        linkage link health.lke benefits.lke --out results --duplicates benefits --seed 7 --keep-weight -5
        """;

    private static readonly (string Word, OneToOneMode Mode)[] Modes =
    [
        ("optimal", OneToOneMode.Optimal), ("greedy", OneToOneMode.Greedy), ("off", OneToOneMode.Off),
    ];

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = new("FILES")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = $"The encoded files (.lke), 1 to {SchemaLimits.MaxParties}.",
        };
        Option<string> directory = new("--out")
        {
            Required = true,
            HelpName = "DIR",
            Description = "The directory for the results; older results there are replaced.",
        };
        Option<string?> model = Text("--model", "FILE", "Scores with this model.json instead of estimating one.");
        Option<string?> schema = Text(
            "--schema", "FILE", "Links by other levels, groups or thresholds than the files carry.");
        Option<ulong?> seed = new("--seed")
        {
            HelpName = "N",
            Description = "A whole number from 0 that fixes the link ids; without it they are random.",
        };
        Option<string?> oneToOne = Text(
            "--one-to-one",
            "optimal|greedy|off",
            "How a record gets one partner in each other file at most; off lets it have several (default: optimal, or "
            + "off when a party may have duplicates).");
        oneToOne.AcceptOnlyFromAmong([.. Modes.Select(mode => mode.Word)]);
        Option<string[]> duplicates = new("--duplicates")
        {
            HelpName = "PARTY",
            Description = "A party that may list a person more than once; may be given several times.",
            DefaultValueFactory = _ => [],
        };
        Option<string[]> decisions = new("--decisions")
        {
            HelpName = "FILE",
            Description = "A file of 'review' with answers, which stand above the model; may be given several times.",
            DefaultValueFactory = _ => [],
        };
        Option<double> keep = new("--keep-weight")
        {
            HelpName = "W",
            Description = "Non-matches of a lower weight are left out of pairs.csv.",
            DefaultValueFactory = _ => DefaultKeepWeight,
        };
        EstimationOptions estimation = new();
        Option<double?> target = TargetOption.Create(
            "Replaces the schema's match threshold by the lowest one with at most this expected share of wrong links, "
            + "such as 0.01; see 'thresholds'.");
        Option<bool> json = new("--json") { Description = "Prints the summary as JSON." };

        ExampleCommand command = new("link", Summary, Explanation, Example)
        {
            files, directory, model, schema, seed, oneToOne, duplicates, decisions, keep, target, json,
        };
        estimation.AddTo(command);
        command.SetAction(parsed => Run(
            context,
            new LinkRequest
            {
                Files = parsed.GetRequiredValue(files),
                Directory = parsed.GetRequiredValue(directory),
                Model = parsed.GetValue(model),
                Schema = parsed.GetValue(schema),
                Seed = parsed.GetValue(seed),
                OneToOne = Modes.FirstOrDefault(mode => mode.Word == parsed.GetValue(oneToOne)).Mode,
                DuplicateParties = parsed.GetRequiredValue(duplicates),
                Decisions = parsed.GetRequiredValue(decisions),
                KeepWeight = OptionRules.Get(parsed, keep, double.IsFinite, "must be a finite number"),
                Estimation = estimation.Read(parsed),
                TargetFalseDiscovery = TargetOption.Get(parsed, target),
                Lines = LinesOf(parsed),
            },
            parsed.GetValue(json)));
        return command;
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };

    private static int Run(CommandContext context, LinkRequest request, bool isJson)
    {
        if (request.Files.Count > SchemaLimits.MaxParties)
        {
            throw new ArgumentException($"at most {SchemaLimits.MaxParties} files can be linked");
        }

        LinkResult result = new LinkRun(context, request).Execute();
        LinkSummary summary = new(result, request.Directory);
        foreach (string warning in result.FindWarnings())
        {
            context.Output.Warn(warning);
        }

        if (isJson)
        {
            JsonText.Write(context.Output.Results, summary.WriteJson);
        }
        else
        {
            summary.WriteText(context.Output.Results);
        }

        return ExitCode.Ok;
    }

    // Directories say something of the unit's machine, and the report goes to others: names of files are enough.
    private static string[] LinesOf(ParseResult parsed) =>
    [
        .. parsed.CommandResult.Children
            .OfType<System.CommandLine.Parsing.OptionResult>()
            .Where(option => !option.Implicit)
            .SelectMany(option => option.Tokens.Select(
                token => $"{option.Option.Name} {Path.GetFileName(Path.TrimEndingDirectorySeparator(token.Value))}")),
    ];
}
