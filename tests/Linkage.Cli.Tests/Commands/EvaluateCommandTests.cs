using System.Globalization;
using System.Text.Json;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private const string PairsHeader =
        "left_party,left_handle,right_party,right_handle,weight,probability,decision,pattern\n";

    private const string Records = "id,who,group\n1,p1,g\n2,p2,g\n3,p3,h\n4,,h\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Evaluate_KnownPairs_GivesKnownFigures()
    {
        // True pairs are 1-1, 2-2 and 3-3. Found: 1-1; wrong: 2-3; 4 has no truth, so 4-4 is wrong too.
        ToolRun run = await Pairs(
            Pair(1, 1, 9, "match") + Pair(2, 3, 5, "match") + Pair(4, 4, 4, "match")
            + Pair(2, 2, 3, "possible") + Pair(3, 3, -1, "non-match"),
            "--json");

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement root = json.RootElement;
        Assert.Equal(
            ["precision", "recall", "f1", "true_pairs", "predicted_pairs", "curve", "by_group"],
            root.EnumerateObject().Select(member => member.Name).Take(7));
        Assert.Equal((1 / 3.0, 1 / 3.0, 1 / 3.0), Shares(root));
        Assert.Equal(3, root.GetProperty("true_pairs").GetInt64());
        Assert.Equal(3, root.GetProperty("predicted_pairs").GetInt64());
        Assert.Equal(0, root.GetProperty("by_group").GetArrayLength());
        JsonElement[] curve = [.. root.GetProperty("curve").EnumerateArray()];
        Assert.Equal([9, 5, 4, 3, -1], curve.Select(point => point.GetProperty("weight").GetDouble()));
        Assert.Equal((1, 1 / 3.0, 0.5), Shares(curve[0]));
        Assert.Equal((3 / 5.0, 1, 0.75), Shares(curve[^1]));
    }

    [Fact]
    public async Task Evaluate_ByGroup_CountsAPairForTheGroupsItTouches()
    {
        ToolRun run = await Pairs(Pair(1, 1, 9, "match") + Pair(2, 3, 5, "match"), "--group-column", "group", "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement[] groups = [.. json.RootElement.GetProperty("by_group").EnumerateArray()];
        Assert.Equal(["g", "h"], groups.Select(group => group.GetProperty("group").GetString()));
        Assert.Equal((0.5, 0.5, 0.5), Shares(groups[0]));
        Assert.Equal((0, 0, 0), Shares(groups[1]));
    }

    [Fact]
    public async Task Evaluate_Text_HasFiguresWithIntervalsAndSaysWhatTheyMean()
    {
        ToolRun run = await Pairs(Pair(1, 1, 9, "match") + Pair(2, 2, 3, "match"), "--group-column", "group");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        string[] lines = run.Output.Split(Environment.NewLine);
        Assert.StartsWith("recall     0.6667  0.", lines[2], StringComparison.Ordinal);
        Assert.Contains("Of 3 true pairs 1 were missed: recall is 66.67 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("g: too few pairs to say", lines);
    }

    [Fact]
    public async Task Evaluate_Entities_CountsPairsThatShareALink()
    {
        // L1 joins 1-1 (true); L2 joins 2-2 (true), 2-3 and both with right 3 (wrong); the rest are alone.
        ToolRun run = await Entities(
            Entity("a", 1, "L1") + Entity("b", 1, "L1")
            + Entity("a", 2, "L2") + Entity("b", 2, "L2") + Entity("b", 3, "L2")
            + Entity("a", 3, "L3") + Entity("a", 4, "L4") + Entity("b", 4, "L5"));

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal((2 / 3.0, 2 / 3.0, 2 / 3.0), Shares(json.RootElement));
        Assert.Equal(0, json.RootElement.GetProperty("curve").GetArrayLength());
    }

    [Fact]
    public async Task Evaluate_OneSource_CountsPairsWithinIt()
    {
        string records = _directory.Write("a.csv", "id,who\n1,p\n2,p\n3,q\n");
        string map = Map("a", 3);
        string pairs = _directory.Write(
            "pairs.csv", $"{PairsHeader}a,{Handle("a", 1)},a,{Handle("a", 2)},4,0.9,match,0\n");

        ToolRun run = await ToolRun.Of(
            "evaluate", "--pairs", pairs, "--source", $"a={map},{records}",
            "--id-column", "id", "--truth-column", "who", "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal((1, 1, 1), Shares(json.RootElement));
        Assert.Equal(1, json.RootElement.GetProperty("true_pairs").GetInt32());
    }

    [Fact]
    public async Task Evaluate_RecordsThatWereNotEncoded_DoNotCount()
    {
        ToolRun run = await PairsOver(Records + "99,p1,g\n", Pair(1, 1, 9, "match"), "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(3, json.RootElement.GetProperty("true_pairs").GetInt32());
    }

    [Theory]
    [InlineData("a,{x},b,{b1},1,0.5,match,0", "row 2 (line 3), column 'left_handle': {map} does not know the handle")]
    [InlineData("a,{b1},b,{b1},1,0.5,match,0", "row 2 (line 3), column 'left_handle': {map} does not know the handle")]
    [InlineData("c,{a1},b,{b1},1,0.5,match,0", "row 2 (line 3), column 'left_party': no --source has this party")]
    [InlineData("a,{a1},a,{a1},1,0.5,match,0", "row 2 (line 3): the row joins a record to itself")]
    [InlineData("a,{a1},b," + Canary + ",1,0.5,match,0", "row 2 (line 3), column 'right_handle': not a handle of 32")]
    [InlineData("a,{a1},b,{b1}," + Canary + ",0.5,match,0", "row 2 (line 3), column 'weight': not a number")]
    [InlineData("a,{a1},b,{b1},NaN,0.5,match,0", "row 2 (line 3), column 'weight': not a number")]
    [InlineData("a,{a1},b,{b1},1," + Canary + ",match,0", "row 2 (line 3), column 'probability': not a number")]
    [InlineData("a,{a1},b,{b1},1,1.5,match,0", "row 2 (line 3), column 'probability': not a number between 0 and 1")]
    [InlineData("a,{a1},b,{b1},1,0.5," + Canary + ",0", "row 2 (line 3), column 'decision': not one of match")]
    public async Task Evaluate_MalformedPair_IsBadInputWithItsPlace(string row, string problem)
    {
        string text = row.Replace("{a1}", Handle("a", 1), StringComparison.Ordinal)
            .Replace("{b1}", Handle("b", 1), StringComparison.Ordinal)
            .Replace("{x}", new string('f', 32), StringComparison.Ordinal);

        ToolRun run = await Pairs(Pair(1, 1, 9, "match") + text + "\n");

        string line = problem.Replace("{map}", _directory.PathOf("a.map.csv"), StringComparison.Ordinal);
        AssertRefused(run, ExitCode.BadInput, $"{_directory.PathOf("pairs.csv")}: {line}");
    }

    [Fact]
    public async Task Evaluate_RecordOfTheMapNotInItsCsv_IsBadInput()
    {
        ToolRun run = await PairsOver("id,who,group\n1,p1,g\n3,p3,h\n4,,h\n", Pair(1, 1, 9, "match"));

        string map = _directory.PathOf("a.map.csv");
        AssertRefused(run, ExitCode.BadInput, $"{map}: row 2: the record is not in {_directory.PathOf("a.csv")}");
    }

    [Fact]
    public async Task Evaluate_RecordTwiceInItsCsv_IsBadInput() => AssertRefused(
        await PairsOver(Records + $"1,{Canary},h\n", Pair(1, 1, 9, "match")),
        ExitCode.BadInput,
        "row 5 (line 6), column 'id': the id is the same as in an earlier row");

    [Fact]
    public async Task Evaluate_NoSuchColumn_IsBadInput()
    {
        await Pairs(Pair(1, 1, 9, "match"));

        ToolRun run = await ToolRun.Of(
        [
            "evaluate", "--pairs", _directory.PathOf("pairs.csv"), .. Sources(),
            "--id-column", "id", "--truth-column", "truth",
        ]);

        AssertRefused(run, ExitCode.BadInput, "column 'truth' is missing from the header row");
    }

    [Fact]
    public async Task Evaluate_EntitiesWithoutARecord_IsBadInput() => AssertRefused(
        await Entities(Entity("a", 1, "L1")), ExitCode.BadInput, "a record of the maps is missing");

    [Fact]
    public async Task Evaluate_EntityTwiceOrWithoutLink_IsBadInput()
    {
        AssertRefused(
            await Entities(Entity("a", 1, "L1") + Entity("a", 1, Canary)),
            ExitCode.BadInput,
            "row 2 (line 3): the record has a link id already");
        AssertRefused(await Entities(Entity("a", 1, "")), ExitCode.BadInput, "column 'link_id': the link id is empty");
    }

    [Theory]
    [InlineData("give either --pairs or --entities")]
    [InlineData("give either --pairs or --entities", "--pairs", "p", "--entities", "e")]
    [InlineData("--source must be NAME=map,records", "--pairs", "p", "--source", "a")]
    [InlineData("--source must be NAME=map,records", "--pairs", "p", "--source", "a=m")]
    [InlineData("--source must be NAME=map,records", "--pairs", "p", "--source", "=m,c")]
    [InlineData("--source must be NAME=map,records", "--pairs", "p", "--source", "a=m,c,d")]
    [InlineData("two --source options name the same party", "--pairs", "p", "--source", "b=m,c")]
    public async Task Evaluate_WrongOptions_IsWrongUse(string problem, params string[] options) => AssertRefused(
        await ToolRun.Of(
            ["evaluate", "--source", "b=m,c", "--id-column", "id", "--truth-column", "who", .. options]),
        ExitCode.WrongUse,
        problem);

    private static string Handle(string party, int record) =>
        string.Create(CultureInfo.InvariantCulture, $"{party}{record:x31}");

    private static string Pair(int left, int right, double weight, string decision) => string.Create(
        CultureInfo.InvariantCulture, $"a,{Handle("a", left)},b,{Handle("b", right)},{weight},0.5,{decision},0\n");

    private static string Entity(string party, int record, string link) => $"{party},{Handle(party, record)},{link}\n";

    private static (double Precision, double Recall, double F1) Shares(JsonElement element) => (
        element.GetProperty("precision").GetDouble(),
        element.GetProperty("recall").GetDouble(),
        element.GetProperty("f1").GetDouble());

    private string Map(string party, int records) => _directory.Write(
        $"{party}.map.csv",
        "handle,source_id\n" + string.Concat(Enumerable.Range(1, records).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"{Handle(party, i)},{i}\n"))));

    private string[] Sources(string left = Records) =>
    [
        "--source", $"a={Map("a", 4)},{_directory.Write("a.csv", left)}",
        "--source", $"b={Map("b", 4)},{_directory.Write("b.csv", Records)}",
    ];

    private Task<ToolRun> Pairs(string rows, params string[] options) => PairsOver(Records, rows, options);

    private Task<ToolRun> PairsOver(string left, string rows, params string[] options) => ToolRun.Of(
    [
        "evaluate", "--pairs", _directory.Write("pairs.csv", PairsHeader + rows), .. Sources(left),
        "--id-column", "id", "--truth-column", "who", .. options,
    ]);

    private Task<ToolRun> Entities(string rows) => ToolRun.Of(
    [
        "evaluate", "--entities", _directory.Write("entities.csv", "party,handle,link_id\n" + rows), .. Sources(),
        "--id-column", "id", "--truth-column", "who", "--json",
    ]);

    private static void AssertRefused(ToolRun run, int code, string problem)
    {
        Assert.Equal((code, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, run.Errors, StringComparison.Ordinal);
    }
}
