using System.Globalization;
using System.Text.Json;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

public sealed class ExplainCommandTests : IAsyncLifetime
{
    private static readonly string[] Comparisons =
        ["first_name", "last_name", "dob", "sex", "contact", "ssn4", "what brought the pair"];

    private LinkedProject _linked = null!;

    public async Task InitializeAsync() => _linked = await LinkedProject.CreateAsync();

    public Task DisposeAsync()
    {
        _linked.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Explain_Match_SaysEveryPartTheSumAndTheDecision()
    {
        string[] pair = _linked.Rows("results", "pairs.csv")[0];

        ToolRun run = await Explain(pair[1], pair[3]);

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
        string[] lines = run.Output.Split(Environment.NewLine);
        Assert.Equal("records   of health and benefits", lines[0]);
        Assert.Equal("decision  match: the probability is at least 0.500", lines[1]);
        Assert.DoesNotContain(pair[1], run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(pair[3], run.Output, StringComparison.Ordinal);
        Assert.All(
            Comparisons.Index(), part => Assert.StartsWith(part.Item, lines[4 + part.Index], StringComparison.Ordinal));
        double weight = double.Parse(pair[4], CultureInfo.InvariantCulture);
        string bits = weight.ToString("+0.0", CultureInfo.InvariantCulture);
        Assert.EndsWith(bits, lines[10], StringComparison.Ordinal);
        Assert.Contains($"match weight  {bits} bits", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("compete", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OtherOrderOrNoParty_SaysTheSame()
    {
        string[] pair = _linked.Rows("results", "pairs.csv")[^1];
        ToolRun first = await Explain($"health:{pair[1]}", $"benefits:{pair[3]}");

        Assert.Equal(ExitCode.Ok, first.ExitCode);
        Assert.Equal(first, await Explain(pair[3], pair[1]));
        Assert.Equal(first, await Explain($"benefits:{pair[3]}", pair[1]));
        Assert.Equal(ExitCode.BadInput, (await Explain($"health:{pair[3]}", pair[1])).ExitCode);
    }

    [Fact]
    public async Task Explain_Json_PartsAddUpToTheWeight()
    {
        foreach (string[] pair in _linked.Rows("results", "pairs.csv").Take(3))
        {
            ToolRun run = await Explain(pair[1], pair[3], "--json");

            using JsonDocument json = JsonDocument.Parse(run.Output);
            JsonElement root = json.RootElement;
            JsonElement[] parts = [.. root.GetProperty("parts").EnumerateArray()];
            double weight = double.Parse(pair[4], CultureInfo.InvariantCulture);
            Assert.Equal(7, parts.Length);
            Assert.Equal(weight, parts.Sum(part => part.GetProperty("weight").GetDouble()), 9);
            Assert.Equal(weight, parts[^1].GetProperty("so_far").GetDouble(), 9);
            Assert.True(parts[^1].GetProperty("brought_the_pair").GetBoolean());
            Assert.Equal(
                double.Parse(pair[5], CultureInfo.InvariantCulture), root.GetProperty("probability").GetDouble());
            Assert.Equal(pair[7], root.GetProperty("pattern").GetString());
            Assert.Equal(pair[6], root.GetProperty("decision").GetString());
        }
    }

    [Fact]
    public async Task Explain_Html_DrawsItBesideTheResultsOnly()
    {
        string[] pair = _linked.Rows("results", "pairs.csv")[0];
        string path = _linked.Files.PathOf("why.html");

        ToolRun plain = await Explain(pair[1], pair[3]);
        ToolRun run = await Explain(pair[1], pair[3], "--html", path);
        ToolRun refused = await Explain(pair[1], pair[3], "--html", Path.Join(_linked.Results, "report.html"));

        Assert.Equal(plain, run);
        Assert.Contains("<svg", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUse, refused.ExitCode);
    }

    [Fact]
    public async Task Explain_OtherCandidatesCompete_PrintsBothProbabilities()
    {
        _linked.ChangePairs((i, row) => i == 0 ? [.. row[..5], "0.25", "non-match", row[7]] : row);
        string[] pair = _linked.Rows("results", "pairs.csv")[0];

        ToolRun run = await Explain(pair[1], pair[3]);

        Assert.Contains("a probability of over 0.9999", run.Output, StringComparison.Ordinal);
        Assert.Contains("probability   0.2500, since other candidates compete", run.Output, StringComparison.Ordinal);
        Assert.Contains("non-match: the probability reaches a threshold, but", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_PairNotWritten_SaysWhyThatCanBe()
    {
        List<string[]> pairs = _linked.Rows("results", "pairs.csv");
        string[] records = [.. _linked.Rows("results", "entities.csv").Select(row => row[1])];
        string left = records[0];
        string right = records.Last(record => pairs.All(pair => pair[1] != left || pair[3] != record));

        ToolRun run = await Explain(left, right);

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("its records met in no pass", run.Errors, StringComparison.Ordinal);
        Assert.Contains("under -10.0", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(left, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(right, run.Errors, StringComparison.Ordinal);
        Assert.Contains("both are of one party", (await Explain(left, records[1])).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_UnknownRecord_SaysWhichArgument()
    {
        string known = _linked.Rows("results", "entities.csv")[0][1];
        string unknown = new('0', 32);

        ToolRun run = await Explain(known, unknown);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("given as RIGHT", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(unknown, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_NoHandle_IsWrongUseAndNotQuoted()
    {
        foreach (string text in (string[])["zanzibarov", "health:zanzibarov", new('F', 32), ":" + new string('0', 32)])
        {
            ToolRun run = await Explain(text, new string('0', 32));

            Assert.Equal(ExitCode.WrongUse, run.ExitCode);
            Assert.Contains("LEFT must be a handle", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain(text, run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Explain_FilesOfTwoRuns_AreRefused()
    {
        _linked.ChangePairs((_, row) => [.. row[..4], "1.5", .. row[5..]]);
        string[] pair = _linked.Rows("results", "pairs.csv")[0];

        ToolRun run = await Explain(pair[1], pair[3]);

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("of two runs", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_PatternOfAnotherModel_NamesTheRow()
    {
        foreach (string pattern in (string[])["44", "9999999", "44414x"])
        {
            _linked.ChangePairs((_, row) => [.. row[..7], pattern]);
            string[] pair = _linked.Rows("results", "pairs.csv")[1];

            ToolRun run = await Explain(pair[1], pair[3]);

            Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
            Assert.Contains("row 2 (line 3), column 'pattern'", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain(pattern, run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Explain_DirectoryOfNoRun_IsBadInput()
    {
        string nothing = new('0', 32);
        ToolRun missing = await ToolRun.Of("explain", _linked.Files.PathOf("nowhere"), nothing, nothing);
        string facts = Path.Join(_linked.Results, "run.json");
        string halved = File.ReadAllText(facts)
            .Replace("\"nonMatch\": 0,", "\"nonMatch\": 0.5,", StringComparison.Ordinal);
        File.WriteAllText(facts, halved);
        ToolRun half = await Explain(nothing, nothing);
        File.WriteAllText(Path.Join(_linked.Results, "run.json"), "{ \"format\": \"linkage-run/1\" }");
        ToolRun hollow = await Explain(nothing, nothing);
        File.WriteAllText(Path.Join(_linked.Results, "run.json"), "[1]");
        ToolRun other = await Explain(nothing, nothing);

        Assert.Equal(ExitCode.BadInput, missing.ExitCode);
        Assert.Contains("no such directory", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("0.5,", halved, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, half.ExitCode);
        Assert.Contains("link again", half.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, hollow.ExitCode);
        Assert.Contains("link again", hollow.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, other.ExitCode);
        Assert.Contains("is not of format", other.Errors, StringComparison.Ordinal);
    }

    private Task<ToolRun> Explain(string left, string right, params string[] options) =>
        ToolRun.Of(["explain", _linked.Results, left, right, .. options]);
}
