using System.Globalization;
using System.Text.Json;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

public sealed class SchemaPassesCommandTests : IDisposable
{
    private const string Schema = """
        {
          "format": "linkage-schema/1",
          "name": "people",
          "population": 40,
          "fields": [
            { "name": "first_name", "kind": "name", "role": "given-name" },
            { "name": "last_name", "kind": "name", "role": "family-name" },
            { "name": "dob", "kind": "date" },
            { "name": "ssn4", "kind": "number", "role": "last-four" }
          ],
          "passes": [
            { "name": "birth", "key": ["D"] },
            { "name": "digits", "key": ["N"] }
          ]
        }
        """;

    private const string Header = "first_name,last_name,dob,ssn4,truth_group\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Passes_KnownRecords_StatesTheFiguresAsJson()
    {
        ToolRun run = await Passes(Records(), "--group-column", "truth_group", "--json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        JsonElement digits = root.GetProperty("passes")[1];
        JsonElement[] groups = [.. digits.GetProperty("by_group").EnumerateArray()];
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(40, root.GetProperty("records").GetInt32());
        Assert.Equal(40, root.GetProperty("population").GetInt64());
        Assert.Equal(2, root.GetProperty("disjoint_passes").GetInt32());
        Assert.Equal(0, root.GetProperty("records_in_no_pass").GetInt32());

        // Eighteen blocks of two, and four records without digits.
        Assert.Equal(40 * 36 / (40.0 * 39), digits.GetProperty("expected_pairs").GetDouble(), 12);
        Assert.Equal(2, digits.GetProperty("largest_block").GetDouble());
        Assert.Equal(4, digits.GetProperty("without_key").GetInt32());
        Assert.Equal(0.1, digits.GetProperty("without_key_share").GetDouble(), 12);
        Assert.Equal(["a", "b"], groups.Select(group => group.GetProperty("group").GetString()!));
        Assert.Equal([0, 4], groups.Select(group => group.GetProperty("without_key").GetInt32()));
        double[] range = Range(root);
        Assert.Equal(1 - (0.045 * (1 - (0.975 * 0.81))), range[0], 12);
        Assert.True(range[0] > range[1] && range[1] > range[2]);
    }

    [Fact]
    public async Task Passes_ForPeople_SaysTheFiguresAndTheProposal()
    {
        ToolRun run = await Passes(Records(), "--population", "70000", "--group-column", "truth_group");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("figures for a population of 70,000", run.Output, StringComparison.Ordinal);
        Assert.Contains("field-disjoint passes: 2 of 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("digits, b", run.Output, StringComparison.Ordinal);
        Assert.Contains("a guess from usual error rates", run.Output, StringComparison.Ordinal);
        Assert.Contains("the advisor", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning: fewer than 3 passes share no field", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_SamePassesAsProposed_SaysSo()
    {
        ToolRun proposed = await Passes(Records(), "--json");
        using JsonDocument document = JsonDocument.Parse(proposed.Output);
        JsonElement proposal = document.RootElement.GetProperty("proposal");
        IEnumerable<string> passes = proposal.GetProperty("passes").EnumerateArray().Select((pass, i) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"name":"p{{i}}","key":{{pass.GetProperty("key").GetRawText()}}}"""));
        string schema = Schema[..Schema.IndexOf("\"passes\"", StringComparison.Ordinal)]
            + $"\"passes\": [{string.Join(',', passes)}] }}";

        ToolRun same = await PassesOf(schema, Records());

        Assert.True(proposal.GetProperty("differs").GetBoolean());
        Assert.Contains("the advisor would choose the same passes", same.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_EqualNamesChained_Warns()
    {
        string csv = Csv(i => Row($"n{i}", "same", Date(i / 2), Digits((i + 1) / 2), "a"));

        ToolRun run = await Passes(csv);

        Assert.Contains("chained-class share of last_name: 100.0 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning: field last_name: equal values chain 100.0 %", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("warning: field first_name", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_AnyCell_IsNeverPrinted()
    {
        string csv = Records() + Row(Canary, Canary, Canary, Canary, Canary);
        foreach (string[] more in (string[][])[[], ["--json"]])
        {
            ToolRun run = await Passes(csv, ["--group-column", "truth_group", .. more]);

            Assert.Equal(ExitCode.Ok, run.ExitCode);
            Assert.DoesNotContain(Canary, run.Output + run.Errors, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Passes_ColumnsFile_FindsTheFields()
    {
        string columns = _directory.Write("m.json", """{"format":"linkage-columns/1","fields":{"dob":"born"}}""");

        ToolRun run = await Passes(
            Records().Replace(",dob,", ",born,", StringComparison.Ordinal), "--columns", columns, "--json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(0, document.RootElement.GetProperty("passes")[0].GetProperty("without_key").GetInt32());
    }

    [Fact]
    public async Task Passes_GroupColumnThatNamesPeople_IsBadInputWithoutTheName()
    {
        string csv = Records() + string.Concat(
            Enumerable.Range(0, 100).Select(i => Row("x", "y", Date(i), Digits(i), $"{Canary}{i}")));

        ToolRun run = await Passes(csv, "--group-column", "truth_group");

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("too many for groups", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Passes_WrongInputs_HaveTheirExitCodes()
    {
        Assert.Equal(ExitCode.WrongUse, (await Passes(Records(), "--population", "0")).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await Passes(Records(), "--group-column", "absent")).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await Passes(Header)).ExitCode);
        string onName = Schema.Replace("[\"N\"]", "[\"L\"]", StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await PassesOf(onName, Records())).ExitCode);
        string truth = _directory.Write(
            "t.json", """{"format":"linkage-columns/1","fields":{"last_name":"truth_group"}}""");
        Assert.Equal(ExitCode.Refused, (await Passes(Records(), "--columns", truth)).ExitCode);
    }

    private static string Records() => Csv(i => Row(
        $"{Canary}{(char)('a' + (i % 26))}", $"{(char)('a' + (i * 7 % 26))}{Canary}", Date(i),
        i < 36 ? Digits(i / 2) : string.Empty, i < 20 ? "a" : "b"));

    private static string Csv(Func<int, string> row) =>
        Header + string.Concat(Enumerable.Range(0, 40).Select(row));

    private static string Row(string first, string last, string born, string digits, string group) =>
        $"{first},{last},{born},{digits},{group}\n";

    private static string Date(int i) => FormattableString.Invariant($"{1950 + (i % 50)}-{1 + (i / 50)}-17");

    private static string Digits(int i) => FormattableString.Invariant($"{2000 + i}");

    private static double[] Range(JsonElement of) =>
    [
        .. of.GetProperty("predicted_completeness").EnumerateArray()
            .Select(one => one.GetProperty("completeness").GetDouble()),
    ];

    private Task<ToolRun> Passes(string csv, params string[] more) => PassesOf(Schema, csv, more);

    private Task<ToolRun> PassesOf(string schema, string csv, params string[] more) => ToolRun.Of(
    [
        "schema", "passes", _directory.Write("s.json", schema), "--in", _directory.Write("a.csv", csv), .. more,
    ]);
}
