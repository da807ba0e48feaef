using System.CommandLine;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Cli.Input;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>"linkage schema check": whether a schema keeps all rules, and what it will be able to see.</summary>
internal static class SchemaCheckCommand
{
    private const string Summary = "Checks a schema and says what is allowed but unwise.";

    private const string Explanation =
        """
        Run by whoever writes or receives a schema, before anybody encodes. No record is read.
        The table says, for each field compared by similarity, which share of values with one or two typing errors
        still counts as similar, and which share of strangers' values does by chance.
        """;

    private const string Example = "linkage schema check people.schema.json";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("SCHEMA") { Description = "The schema file (linkage-schema/1)." };
        ExampleCommand command = new("check", Summary, Explanation, Example) { file };
        command.SetAction(parsed => Run(context.Output, parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Run(TerminalOutput output, string path)
    {
        LinkageSchema schema = SchemaFile.Load(path);
        TextWriter results = output.Results;
        results.WriteLine($"{path}: valid, profile {ProfileWords.Of(schema.Profile)}");
        results.WriteLine(
            $"{Figures.Count(schema.Fields.Count)} fields, {Figures.Count(schema.Passes.Count)} passes, "
            + $"{Figures.Count(schema.Parties)} parties, up to {Figures.Count(schema.Population)} records each");
        WriteFields(results, schema);
        WritePasses(results, schema);
        foreach (string warning in schema.FindWarnings())
        {
            output.Warn(warning);
        }

        return ExitCode.Ok;
    }

    private static void WriteFields(TextWriter results, LinkageSchema schema)
    {
        Dictionary<string, FieldSeparation> separations =
            FieldSeparation.Estimate(schema).ToDictionary(separation => separation.Field, StringComparer.Ordinal);
        TextTable table = new("field", "kind", "one error", "two errors", "strangers");
        foreach (FieldSchema field in schema.Fields)
        {
            string kind = field.Kind.ToString().ToLowerInvariant();
            if (separations.TryGetValue(field.Name, out FieldSeparation? known))
            {
                table.Add(
                    field.Name,
                    kind,
                    Figures.Percent(known.OneTypoRecall, 1),
                    Figures.Percent(known.TwoTypoRecall, 1),
                    Figures.Percent(known.StrangerShare, 1));
            }
            else
            {
                table.Add(field.Name, kind, "equal only", string.Empty, string.Empty);
            }
        }

        results.WriteLine();
        table.WriteTo(results);
    }

    private static void WritePasses(TextWriter results, LinkageSchema schema)
    {
        results.WriteLine();
        foreach (PassSchema pass in schema.Passes)
        {
            results.WriteLine($"pass {pass.Name}: {string.Join(" + ", pass.Key)}");
        }
    }
}
