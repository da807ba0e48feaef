using System.Text.Json;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

public sealed class LinkCommandTests : IAsyncLifetime
{
    private static readonly string[] ResultNames =
        ["clusters.csv", "entities.csv", "model.json", "pairs.csv", "records.csv", "report.html", "run.json"];

    private Project _project = null!;

    private string Output => _project.PathOf("results");

    public async Task InitializeAsync()
    {
        _project = await Project.CreateAsync();
        await _project.EncodeRows("health", Project.Rows(0, 60));
        await _project.EncodeRows("benefits", Project.Rows(30, 60));
    }

    public Task DisposeAsync()
    {
        _project.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Link_TwoFiles_WritesEveryResultAndSaysWhere()
    {
        ToolRun run = await Link("health", "benefits");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(ResultNames, Written(Output));
        Assert.Contains($"links      30{Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"entities   90{Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.Contains("not estimated: fewer than 50 matches are expected", run.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Join(Output, "report.html"), run.Output, StringComparison.Ordinal);
        Assert.Equal(121, ReadAll(Path.Join(Output, "entities.csv")).Count);
        Assert.Equal(
            ReadAll(Path.Join(Output, "entities.csv")).Select(row => (row[0], row[1])),
            ReadAll(Path.Join(Output, "records.csv")).Select(row => (row[0], row[1])));
    }

    [Fact]
    public async Task Link_Json_TellsTheCounts()
    {
        ToolRun run = await Link("health", "benefits", "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement root = json.RootElement;
        Assert.Equal(120, root.GetProperty("records").GetInt32());
        Assert.Equal(30, root.GetProperty("links").GetInt32());
        Assert.Equal(90, root.GetProperty("entities").GetInt32());
        Assert.Equal(0, root.GetProperty("tied_matches").GetInt32());
        Assert.Equal(0, root.GetProperty("entities_of_three_or_more").GetInt32());
        Assert.Equal(0, root.GetProperty("entities_with_bridges").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("lowest_density").ValueKind);
        Assert.True(root.GetProperty("converged").GetBoolean());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("pairs_completeness").ValueKind);
        Assert.Equal(5, root.GetProperty("passes").GetArrayLength());
        Assert.Equal(Path.Join(Output, "report.html"), root.GetProperty("report").GetString());
    }

    [Fact]
    public async Task Link_ThreeFiles_TellsHowFirmlyEntitiesHangTogether()
    {
        await _project.EncodeRows("school", Project.Rows(30, 60));

        ToolRun run = await Link("health", "benefits", _project.PathOf("school.lke"), "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(30, json.RootElement.GetProperty("entities_of_three_or_more").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("entities_with_bridges").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("lowest_density").GetDouble());
        List<string[]> rows = ReadAll(Path.Join(Output, "clusters.csv"));
        Assert.Equal(["link_id", "records", "parties", "pairs", "density", "weakest_link", "bridges"], rows[0]);
        ILookup<string, string> bridges =
            rows.Skip(1).ToLookup(row => string.Join(',', row.Skip(1).Take(4)), row => row[6]);
        Assert.Equal(Enumerable.Repeat("0", 30), bridges["3,3,3,1"]);
        Assert.Equal(Enumerable.Repeat("1", 30), bridges["2,2,1,1"]);
        Assert.Equal(2, bridges.Count);
    }

    [Fact]
    public async Task Link_PartnersWithTheSameValues_SaysThatTheChoiceIsArbitrary()
    {
        string twins = Project.Rows(0, 10).Replace("\nr", "\nd", StringComparison.Ordinal);
        await _project.EncodeRows("clinic", $"{Project.Rows(0, 40)}d{twins[1..]}");

        ToolRun run = await Link("health", "clinic");

        Assert.Contains("10 links were chosen by the order of records alone", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_SameSeed_GivesTheSameBytes()
    {
        await LinkTo("one", "--seed", "1");
        await LinkTo("two", "--seed", "1");
        await LinkTo("three", "--seed", "2");

        string[] names = ["pairs.csv", "entities.csv", "clusters.csv", "records.csv", "model.json"];
        Assert.All(names, name => Assert.Equal(Bytes("one", name), Bytes("two", name)));
        Assert.NotEqual(Bytes("one", "entities.csv"), Bytes("three", "entities.csv"));
        Assert.Equal(Bytes("one", "pairs.csv"), Bytes("three", "pairs.csv"));
    }

    [Fact]
    public async Task Link_NoSeed_GivesOtherLinkIdsEachTimeAndTheSamePairs()
    {
        await LinkTo("one");
        await LinkTo("two");

        Assert.NotEqual(Bytes("one", "entities.csv"), Bytes("two", "entities.csv"));
        Assert.Equal(Bytes("one", "pairs.csv"), Bytes("two", "pairs.csv"));
    }

    [Fact]
    public async Task Link_ItsOwnModelGiven_GivesTheSamePairs()
    {
        await LinkTo("one");

        ToolRun run = await LinkTo("two", "--model", Path.Join(_project.PathOf("one"), "model.json"), "--json");

        Assert.Equal(Bytes("one", "pairs.csv"), Bytes("two", "pairs.csv"));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("converged").ValueKind);
    }

    [Fact]
    public async Task Link_SchemaWithOtherThresholds_IsLinkedByThem()
    {
        string strict = _project.Write("strict.json", Project.People.Replace(
            "\"fields\"",
            "\"thresholds\": { \"match\": 0.9, \"possible\": 0.3 }, \"fields\"",
            StringComparison.Ordinal));

        ToolRun run = await Link("health", "benefits", "--schema", strict);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(0.9, Run().GetProperty("schema").GetProperty("matchThreshold").GetDouble());
    }

    [Fact]
    public async Task Link_NoRecordsMeet_WarnsThatTheModelIsAGuess()
    {
        await _project.EncodeRows("far", Project.Rows(200, 10));
        await _project.EncodeRows("near", Project.Rows(0, 10));

        ToolRun run = await Link("far", "near");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("warning: No two records met in any pass", run.Errors, StringComparison.Ordinal);
        Assert.Equal(21, ReadAll(Path.Join(Output, "entities.csv")).Count);
    }

    [Fact]
    public async Task Link_OneFile_FindsItsDuplicates()
    {
        string again = Project.Rows(0, 10).Replace("\nr", "\nd", StringComparison.Ordinal);
        await _project.EncodeRows("clinic", $"{Project.Rows(0, 40)}d{again[1..]}");

        ToolRun run = await ToolRun.Of("link", _project.PathOf("clinic.lke"), "--out", Output, "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(10, json.RootElement.GetProperty("links").GetInt32());
        Assert.Equal(40, json.RootElement.GetProperty("entities").GetInt32());
    }

    [Theory]
    [InlineData("optimal", "optimal")]
    [InlineData("greedy", "greedy")]
    [InlineData("off", "off")]
    [InlineData(null, "optimal")]
    public async Task Link_OneToOne_IsRecordedAsAsked(string? word, string recorded)
    {
        await Link("health", "benefits", word is null ? [] : ["--one-to-one", word]);

        Assert.Equal(recorded, Options().GetProperty("oneToOne").GetString());
    }

    [Fact]
    public async Task Link_PartiesWithDuplicates_TurnOneToOneOffUnlessAsked()
    {
        await Link("health", "benefits", "--duplicates", "health", "--duplicates", "benefits", "--keep-weight", "-3.5");

        JsonElement options = Options();
        Assert.Equal("off", options.GetProperty("oneToOne").GetString());
        Assert.Equal(2, options.GetProperty("duplicateParties").GetArrayLength());
        Assert.Equal(-3.5, options.GetProperty("keepWeight").GetDouble());
    }

    [Fact]
    public async Task Link_KeepWeight_LeavesOutLighterNonMatches()
    {
        await LinkTo("all", "--keep-weight", "-1000");
        await LinkTo("few", "--keep-weight", "0");

        List<string[]> all = ReadAll(Path.Join(_project.PathOf("all"), "pairs.csv"));
        List<string[]> few = ReadAll(Path.Join(_project.PathOf("few"), "pairs.csv"));
        Assert.True(few.Count < all.Count);
        Assert.All(few.Skip(1).Where(row => row[6] == "non-match"), row => Assert.DoesNotContain('-', row[4]));
    }

    [Fact]
    public async Task Link_TwoFilesOfOneParty_IsBadInput()
    {
        File.Copy(_project.PathOf("health.lke"), _project.PathOf("again.lke"));

        await AssertBad("are both of party health", "health", "again");
    }

    [Fact]
    public async Task Link_OtherKey_IsBadInput()
    {
        await _project.NewKeyAsync("other.key", "demo");
        await EncodeOther(_project.Schema, _project.PathOf("other.key"));

        await AssertBad("were encoded with different keys", "health", "other");
    }

    [Fact]
    public async Task Link_OtherProject_IsBadInput()
    {
        await _project.NewKeyAsync("other.key", "another");
        await EncodeOther(_project.Schema, _project.PathOf("other.key"));

        await AssertBad("are of different projects", "health", "other");
    }

    [Fact]
    public async Task Link_OtherSchema_IsBadInput()
    {
        string schema = _project.Write(
            "other.json", Project.People.Replace("\"L3\"", "\"LS\"", StringComparison.Ordinal));
        await EncodeOther(schema, _project.Key);

        await AssertBad("schema", "health", "other");
    }

    [Fact]
    public async Task Link_SchemaOfOtherEncodingGiven_IsBadInput()
    {
        string schema = _project.Write(
            "other.json", Project.People.Replace("\"L3\"", "\"LS\"", StringComparison.Ordinal));

        AssertRefused(await Link("health", "benefits", "--schema", schema), ExitCode.BadInput, "fingerprint");
    }

    [Fact]
    public async Task Link_TruncatedOrAltered_IsBadInput()
    {
        byte[] bytes = File.ReadAllBytes(_project.PathOf("benefits.lke"));
        _project.Write("short.lke", bytes[..^100]);
        bytes[bytes.Length / 2] ^= 0x10;
        _project.Write("altered.lke", bytes);

        await AssertBad("at byte", "health", "short");
        await AssertBad("altered", "health", "altered");
        await AssertBad("no such file", "health", "none");
    }

    [Theory]
    [InlineData("{}", "model")]
    [InlineData("no json", "model")]
    public async Task Link_MalformedModel_IsBadInput(string model, string problem)
    {
        string path = _project.Write("m.json", model);

        AssertRefused(await Link("health", "benefits", "--model", path), ExitCode.BadInput, $"{path}: {problem}");
    }

    [Theory]
    [InlineData("--duplicates", "nobody")]
    [InlineData("--one-to-one", "sometimes")]
    [InlineData("--keep-weight", "x")]
    [InlineData("--keep-weight", "NaN")]
    [InlineData("--seed", "-1")]
    public async Task Link_WrongOption_IsWrongUse(string option, string value) =>
        AssertRefused(await Link("health", "benefits", option, value), ExitCode.WrongUse, "error: ");

    [Fact]
    public async Task Link_OutputIsAFile_IsBadInputThatSaysSo()
    {
        string file = _project.Write("results", "older");

        ToolRun run = await Link("health", "benefits");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal($"error: {file}: is a file, not a directory{Environment.NewLine}", run.Errors);
        Assert.Equal("older", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Link_NoFiles_IsWrongUse() =>
        AssertRefused(await ToolRun.Of("link", "--out", Output), ExitCode.WrongUse, "error: ");

    [Fact]
    public async Task Link_MoreThanSixtyFiles_IsWrongUse()
    {
        string[] files = [.. Enumerable.Repeat(_project.PathOf("health.lke"), 61)];

        ToolRun run = await ToolRun.Of(["link", .. files, "--out", Output]);

        AssertRefused(run, ExitCode.WrongUse, "at most 60 files can be linked");
    }

    [Fact]
    public async Task Link_RefusedOverOlderResults_LeavesThem()
    {
        await Link("health", "benefits");
        byte[] older = File.ReadAllBytes(Path.Join(Output, "pairs.csv"));

        ToolRun run = await Link("health", "health");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal(ResultNames, Written(Output));
        Assert.Equal(older, File.ReadAllBytes(Path.Join(Output, "pairs.csv")));
    }

    [Fact]
    public async Task Link_ResearchProfile_SaysSo()
    {
        await _project.Encode("health", "--id-column", "id", "--profile", "research");
        await _project.Encode("benefits", "--id-column", "id", "--profile", "research");

        ToolRun run = await Link("health", "benefits");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("warning: Profile research", run.Errors, StringComparison.Ordinal);
    }

    private static string[] Written(string directory) =>
        [.. Directory.GetFiles(directory).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private byte[] Bytes(string directory, string name) =>
        File.ReadAllBytes(Path.Join(_project.PathOf(directory), name));

    private JsonElement Run()
    {
        using JsonDocument run = JsonDocument.Parse(File.ReadAllBytes(Path.Join(Output, "run.json")));
        return run.RootElement.Clone();
    }

    private JsonElement Options() => Run().GetProperty("options");

    private Task<ToolRun> Link(string left, string right, params string[] options) => ToolRun.Of(
        ["link", _project.PathOf($"{left}.lke"), _project.PathOf($"{right}.lke"), "--out", Output, .. options]);

    private async Task<ToolRun> LinkTo(string directory, params string[] options)
    {
        ToolRun run = await ToolRun.Of(
        [
            "link", _project.PathOf("health.lke"), _project.PathOf("benefits.lke"),
            "--out", _project.PathOf(directory), .. options,
        ]);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        return run;
    }

    private async Task EncodeOther(string schema, string key)
    {
        _project.Write("other.csv", Project.Header + Project.Rows(0, 5));
        Assert.Equal(ExitCode.Ok, (await _project.EncodeWith("other", schema, key, "--id-column", "id")).ExitCode);
    }

    private async Task AssertBad(string problem, string left, string right) =>
        AssertRefused(await Link(left, right), ExitCode.BadInput, problem);

    private void AssertRefused(ToolRun run, int code, string problem)
    {
        Assert.Equal((code, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }
}
