using System.Text.Json;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

/// <summary>Answers of a review, given to later runs on the same files.</summary>
public sealed class LinkDecisionsTests : IAsyncLifetime
{
    private const string Header = "left_party,left_handle,right_party,right_handle,review\n";

    private LinkedProject _linked = null!;

    public async Task InitializeAsync() => _linked = await LinkedProject.CreateAsync();

    public Task DisposeAsync()
    {
        _linked.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Link_Decisions_AreFollowedCountedAndExplained()
    {
        List<string[]> pairs = _linked.Rows("results", "pairs.csv");
        string answers = Answers("one.csv", Row(pairs[0], "non-match"), Row(pairs[1], ""));
        string more = Answers("two.csv", Row(pairs[2], "match"));

        ToolRun run = await _linked.Link("again", "--decisions", answers, "--decisions", more);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("decided    1 match, 1 non-match by persons; 0 of them", run.Output, StringComparison.Ordinal);
        string[] refused = Assert.Single(_linked.Rows("again", "pairs.csv"), row => row[1] == pairs[0][1]);
        Assert.Equal((pairs[0][4], "0", "non-match"), (refused[4], refused[5], refused[6]));
        using JsonDocument json = JsonDocument.Parse(
            File.ReadAllBytes(Path.Join(_linked.Files.PathOf("again"), "run.json")));
        JsonElement decided = json.RootElement.GetProperty("counts").GetProperty("decided");
        Assert.Equal(1, decided.GetProperty("nonMatch").GetInt32());
        ToolRun explained = await ToolRun.Of("explain", _linked.Files.PathOf("again"), pairs[0][1], pairs[0][3]);
        Assert.Contains("decision  non-match: a person decided it", explained.Output, StringComparison.Ordinal);
        Assert.Contains("probability   0.0000, as decided", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_SameDecisions_GiveTheSameBytes()
    {
        List<string[]> pairs = _linked.Rows("results", "pairs.csv");
        string answers = Answers("one.csv", Row(pairs[0], "non-match"), Row(pairs[1], "match"));
        await _linked.Link("one", "--decisions", answers);
        await _linked.Link("two", "--decisions", answers, "--decisions", answers);

        foreach (string name in (string[])["pairs.csv", "entities.csv", "records.csv", "model.json"])
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Join(_linked.Files.PathOf("one"), name)),
                File.ReadAllBytes(Path.Join(_linked.Files.PathOf("two"), name)));
        }
    }

    [Fact]
    public async Task Link_SemicolonsFromASpreadsheet_AreRead()
    {
        string[] pair = _linked.Rows("results", "pairs.csv")[0];
        string commas = Header + Row(pair, "non-match");
        string answers = _linked.Files.Write(
            "one.csv", commas.Replace(',', ';').Replace("\n", "\r\n", StringComparison.Ordinal));

        ToolRun run = await _linked.Link("again", "--decisions", answers, "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(1, json.RootElement.GetProperty("decided").GetProperty("non_match").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("unlinkable").GetArrayLength());
    }

    [Fact]
    public async Task Link_WrongAnswers_AreRefusedWithFileAndRow()
    {
        string[] pair = _linked.Rows("results", "pairs.csv")[0];
        string stranger = new('0', 32);
        (string Second, string Problem)[] cases =
        [
            (Row(pair, "Match"), "column 'review': not match, non-match or empty"),
            (Row(pair, "match").Replace(pair[1], "zanzibarov", StringComparison.Ordinal), "not a handle"),
            (Row(pair, "match").Replace(pair[1], stranger, StringComparison.Ordinal), "lacks the left record"),
            (Row(pair, "match").Replace("benefits", "prison", StringComparison.Ordinal), "no file is of the right"),
            (Row(pair, "non-match"), "other decisions make one person of the two records"),
        ];
        foreach ((string second, string problem) in cases)
        {
            string answers = Answers("one.csv", Row(pair, "match"), second);

            ToolRun run = await _linked.Link("again", "--decisions", answers);

            Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
            Assert.Contains($"{answers}: row 2 (line 3)", run.Errors, StringComparison.Ordinal);
            Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
            Assert.All(
                (string[])[pair[1], pair[3], stranger, "zanzibarov", "prison"],
                secret => Assert.DoesNotContain(secret, run.Errors, StringComparison.Ordinal));
            Assert.False(Directory.Exists(_linked.Files.PathOf("again")));
        }
    }

    [Fact]
    public async Task Link_DecisionsNamedLikeAResult_AreNotReplaced()
    {
        ToolRun run = await _linked.Link("results", "--decisions", _linked.Pairs);

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
    }

    private static string Row(string[] pair, string answer) => string.Join(',', [.. pair[..4], answer]) + "\n";

    private string Answers(string name, params string[] rows) =>
        _linked.Files.Write(name, Header + string.Concat(rows));
}
