using System.CommandLine;
using System.Globalization;
using Linkage.Bloom.Storage;
using Linkage.Cli.Terminal;
using Linkage.Synthetic;

namespace Linkage.Cli.Commands;

/// <summary>"linkage generate": made-up people as several agencies would have recorded them.</summary>
internal static class GenerateCommand
{
    private const string Summary = "Makes up people and writes them down as several agencies would have, with errors.";

    private const string Explanation =
        """
        For trying the tool and for measuring: nobody in the files exists. The columns truth_* hold the true answers
        and are never encoded. The same numbers and seed give the same files everywhere.
        """;

    private const string Example = "linkage generate --people 1000 --agencies 2 --seed 1 --out people";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<int> people = new("--people")
        {
            Required = true,
            HelpName = "N",
            Description = "Records in each agency's file.",
        };
        Option<int> agencies = new("--agencies")
        {
            Required = true,
            HelpName = "K",
            Description = "Number of agencies.",
        };
        Option<ulong> seed = new("--seed")
        {
            Required = true,
            HelpName = "S",
            Description = "A number that decides everything; another gives other people.",
        };
        Option<double> overlap = new("--overlap")
        {
            HelpName = "SHARE",
            Description = "Share of one agency's people whom any other agency holds too, 0 to 1.",
            DefaultValueFactory = _ => 0.5,
        };
        Option<string> directory = new("--out")
        {
            Required = true,
            HelpName = "DIR",
            Description = "The directory for agency_1.csv, agency_2.csv …; made if it does not exist.",
        };

        ExampleCommand command = new("generate", Summary, Explanation, Example)
        {
            people, agencies, seed, overlap, directory,
        };
        command.SetAction(parsed => Run(
            context,
            new PeopleOptions
            {
                PeoplePerAgency = OptionRules.Get(parsed, people, value => value >= 1, "must be at least 1"),
                Agencies = OptionRules.Get(
                    parsed,
                    agencies,
                    value => value is >= 1 and <= PeopleOptions.MaximumAgencies,
                    $"must be 1 to {PeopleOptions.MaximumAgencies}"),
                Seed = parsed.GetRequiredValue(seed),
                Overlap = OptionRules.Get(parsed, overlap, value => value is >= 0 and <= 1, "must be 0 to 1"),
            },
            parsed.GetRequiredValue(directory)));
        return command;
    }

    private static int Run(CommandContext context, PeopleOptions options, string directory)
    {
        Directory.CreateDirectory(directory);
        PeopleGenerator generator = new(options);
        List<AtomicFile> files = [];
        try
        {
            for (int agency = 0; agency < options.Agencies; agency++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"agency_{agency + 1}.csv");
                files.Add(AtomicFile.Create(Path.Join(directory, name)));
            }

            context.Output.Track("generating", progress => Write(context, generator, options, files, progress));
            files.ForEach(file => file.Commit());
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }

        context.Output.Note(
            $"{Figures.Count(options.Agencies)} files of {Figures.Count(options.PeoplePerAgency)} records "
            + $"in {directory}");
        return ExitCode.Ok;
    }

    private static bool Write(
        CommandContext context,
        PeopleGenerator generator,
        PeopleOptions options,
        List<AtomicFile> files,
        IProgress<double> progress)
    {
        double total = (double)options.Agencies * options.PeoplePerAgency;
        long done = 0;
        for (int agency = 0; agency < files.Count; agency++)
        {
            PeopleCsv.Write(files[agency].Stream, generator.Records(agency).Select(record =>
            {
                context.Cancellation.ThrowIfCancellationRequested();
                progress.Report(++done / total);
                return record;
            }));
        }

        return true;
    }
}
