using System.CommandLine;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Storage;
using Linkage.Cli.Input;
using Linkage.Cli.Owner;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>"linkage encode": an owner turns its records into a file that may leave.</summary>
internal static class EncodeCommand
{
    private const string Summary = "Turns a CSV file of records into an encoded file, and a map that stays with you.";

    private const string Explanation =
        """
        Run by a data owner. The encoded file goes to the linkage unit; the map, which turns its answers back into your
        record ids, and the key never leave. Columns that no field of the schema uses are not read into the file, and
        columns named truth_* never are.
        A columns file says what is special about your CSV: column names, delimiter, text encoding, order of dates.
        """;

    private const string Example =
        "linkage encode --schema people.schema.json --key project.key --party health --in health.csv "
        + "--id-column client_id --out health.lke --map health.map.csv";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string> schema = File("--schema", "The schema that all owners agreed on.");
        Option<string> key = File("--key", "The project's key; only you may have rights to the file.");
        Option<string> input = File("--in", "Your records: CSV with a header row.");
        Option<string> output = File("--out", "Where to write the encoded file; an older one is replaced.");
        Option<string> map = File("--map", "Where to write the map (mode 0600); an older one is replaced.");
        Option<string> party = new("--party")
        {
            Required = true,
            HelpName = "NAME",
            Description = "Your name in the project: letters, digits, '_' and '-'.",
        };
        Option<string?> id = new("--id-column")
        {
            HelpName = "COLUMN",
            Description = "The column with an id for every record; may also be in the columns file.",
        };
        Option<string?> columns = new("--columns")
        {
            HelpName = "FILE",
            Description = "What is special about your CSV (linkage-columns/1).",
        };
        Option<string?> profile = new("--profile")
        {
            HelpName = "research|standard",
            Description = "Replaces the schema's protection profile; every owner must give the same.",
        };
        profile.AcceptOnlyFromAmong(ProfileWords.All);
        Option<bool> json = new("--json") { Description = "Prints the summary as JSON." };

        ExampleCommand command = new("encode", Summary, Explanation, Example)
        {
            schema, key, party, input, id, output, map, columns, profile, json,
        };
        command.SetAction(parsed => Run(
            context,
            new EncodeRequest
            {
                Schema = parsed.GetRequiredValue(schema),
                Key = parsed.GetRequiredValue(key),
                Party = parsed.GetRequiredValue(party),
                Input = parsed.GetRequiredValue(input),
                IdColumn = parsed.GetValue(id),
                Output = parsed.GetRequiredValue(output),
                Map = parsed.GetRequiredValue(map),
                Columns = parsed.GetValue(columns),
                Profile = parsed.GetValue(profile) is string word ? ProfileWords.Parse(word) : null,
            },
            parsed.GetValue(json)));
        return command;
    }

    private static Option<string> File(string name, string description) =>
        new(name) { Required = true, HelpName = "FILE", Description = description };

    private static int Run(CommandContext context, EncodeRequest request, bool isJson)
    {
        (EncodedFileHeader header, DateOrder order) = new EncodeRun(context, request).Execute();
        foreach (string warning in EncodeWarnings.Find(header))
        {
            context.Output.Warn(warning);
        }

        long bytes = new FileInfo(request.Output).Length;
        if (isJson)
        {
            JsonText.Write(context.Output.Results, json =>
            {
                json.WriteString("file", request.Output);
                json.WriteString("map", request.Map);
                json.WriteNumber("bytes", bytes);
                json.WriteString("date_order", Word(order));
                new HeaderText(header).WriteJson(json);
            });
            return ExitCode.Ok;
        }

        TextWriter results = context.Output.Results;
        results.WriteLine(
            $"{request.Output}: {Figures.Count(header.RecordCount)} records of {header.Party}, "
            + $"profile {ProfileWords.Of(header.Schema.Profile)}, {Figures.Count(bytes)} bytes");
        results.WriteLine($"{request.Map}: the map from handles to your record ids; it stays with you");
        new HeaderText(header).WriteTables(results);
        return ExitCode.Ok;
    }

    private static string Word(DateOrder order) => order switch
    {
        DateOrder.DayMonthYear => "dmy",
        DateOrder.MonthDayYear => "mdy",
        _ => "ymd",
    };
}
