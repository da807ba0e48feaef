using System.CommandLine;
using System.Globalization;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Output;
using Linkage.Cli.Proposal;

namespace Linkage.Cli.Commands;

/// <summary>"linkage schema init": an owner's CSV file becomes a first schema to talk about.</summary>
internal static class SchemaInitCommand
{
    private const string Summary = "Proposes a schema from one of your CSV files.";

    private const string Explanation =
        """
        Run by one data owner, on its own file; the other owners then look at the schema and agree to it.
        Fields are guessed by header and values, and go by the names of your columns. What was decided for each column
        is said on standard error, without any value. Columns named truth_* are never used.
        Passes are chosen so that a record meets about ten others of the other file by chance, and no more than 50 share
        a block, at the population given. Without --population your file counts as the largest.
        """;

    private const string Example =
        """
        linkage schema init --from health.csv --id-column patient_id --out people.schema.json
        linkage schema init --from health.csv --out people.schema.json --population 1000000 --parties 3
        """;

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string> from = new("--from")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Your CSV file, with a header row.",
        };
        Option<string> schema = new("--out")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Where to write the schema; an older file is replaced.",
        };
        Option<string?> id = Text("--id-column", "C", "The column with your record ids, which is no field.");
        Option<string?> exclude = Text("--exclude", "C,D", "Columns to leave out.");
        Option<string?> columns = Text("--columns", "FILE", "Your columns file, for files that need one.");
        Option<string?> name = Text("--name", "N", "A name for the schema (default: people).");
        Option<long?> population = new("--population")
        {
            HelpName = "N",
            Description = "Records of the largest file that will take part (default: those of yours).",
        };
        Option<int> parties = new("--parties")
        {
            HelpName = "K",
            Description = "Number of parties that will take part.",
            DefaultValueFactory = _ => 2,
        };
        Option<string> profile = new("--profile")
        {
            Description = "What leaves an owner; research protects nobody and is for synthetic data.",
            DefaultValueFactory = _ => "standard",
        };
        profile.AcceptOnlyFromAmong("standard", "research");
        Option<bool> swapped = new("--swapped-names")
        {
            Description = "Recognize swapped given and family names; the unit then sees how alike a record's two are.",
        };
        ExampleCommand command = new("init", Summary, Explanation, Example)
        {
            from, schema, id, exclude, population, parties, columns, name, profile, swapped,
        };
        command.SetAction(parsed => Run(
            context,
            parsed.GetRequiredValue(schema),
            new ProposalOptions
            {
                From = parsed.GetRequiredValue(from),
                Columns = parsed.GetValue(columns),
                IdColumn = parsed.GetValue(id),
                Excluded = (parsed.GetValue(exclude) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
                Population = parsed.GetValue(population),
                Parties = parsed.GetValue(parties),
                Name = parsed.GetValue(name) ?? "people",
                SwappedNames = parsed.GetValue(swapped),
                Profile = parsed.GetValue(profile) == "research"
                    ? ProtectionProfile.Research
                    : ProtectionProfile.Standard,
            }));
        return command;
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    private static int Run(CommandContext context, string path, ProposalOptions options)
    {
        if (options.Population < 1)
        {
            throw new ArgumentException("--population must be at least 1");
        }

        if (options.Parties is < 1 or > SchemaLimits.MaxParties)
        {
            throw new ArgumentException($"--parties must be 1 to {SchemaLimits.MaxParties}");
        }

        string[] inputs = [options.From, .. options.Columns is null ? Array.Empty<string>() : [options.Columns]];
        OutputPaths.RequireDistinct("--out", path, inputs);
        SchemaProposer proposer = new(options, context.Cancellation);
        SchemaProposal proposal = context.Output.Track("reading", proposer.Propose);
        proposal.Schema.Save(path);
        for (int i = 0; i < proposal.Decisions.Count; i++)
        {
            context.Output.Note(proposal.Decisions[i].Describe());
        }

        WriteSummary(context.Output.Results, proposal);
        return ExitCode.Ok;
    }

    private static void WriteSummary(TextWriter results, SchemaProposal proposal)
    {
        LinkageSchema schema = proposal.Schema;
        results.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{proposal.Records} records read; population {schema.Population}, {schema.Parties} parties"));
        results.WriteLine("fields:");
        foreach (FieldSchema field in schema.Fields)
        {
            string compared = field.IsTag ? ", compared for equality" : "";
            results.WriteLine($"  {field.Name}: {field.Kind.ToString().ToLowerInvariant()}{compared}");
        }

        foreach (FieldGroup group in schema.Groups)
        {
            results.WriteLine($"  compared jointly: {string.Join(", ", group.Fields)}");
        }

        results.WriteLine("passes (expected pairs a record, largest block, records with a key):");
        foreach (PassProposal pass in proposal.Passes)
        {
            results.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {string.Join(" + ", pass.Pass.Key)}: {pass.ExpectedPairs:0.00}, {pass.LargestBlock:0}, "
                + $"{pass.Coverage:P1}"));
        }

        results.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  all passes: at most {proposal.Passes.Sum(pass => pass.ExpectedPairs):0.00} pairs a record"));
        results.WriteLine($"predicted completeness: {CompletenessText.Range(proposal.Completeness)}");
        results.WriteLine($"  {CompletenessText.Caveat}");
        foreach (string warning in Warnings(proposal))
        {
            results.WriteLine($"warning: {warning}");
        }
    }

    private static IEnumerable<string> Warnings(SchemaProposal proposal)
    {
        foreach (PassProposal pass in proposal.Passes.Where(pass => pass.Dropped > 0))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"pass {pass.Pass.Name} loses {pass.Dropped:P1} of the records to blocks over the limit");
        }

        foreach (string warning in proposal.Schema.FindWarnings())
        {
            yield return warning;
        }
    }
}
