using System.Text;
using System.Text.Json;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

/// <summary>All commands one after another, as owners and linkage unit would run them.</summary>
public sealed class WholeWayTests : IAsyncLifetime
{
    private Project _project = null!;

    public async Task InitializeAsync() => _project = await Project.CreateAsync();

    public Task DisposeAsync()
    {
        _project.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task WholeWay_GeneratedPeople_AreLinkedWell()
    {
        await Ok("generate", "--people", "1000", "--agencies", "2", "--seed", "1", "--out", _project.PathOf("."));
        await Ok(EncodeOf("agency_1"));
        await Ok(EncodeOf("agency_2"));
        await Ok(LinkOf("one"));
        ToolRun linked = await Ok(LinkOf("two"));

        Assert.Matches(@"met +about [01]\.\d{4} of the true pairs in some pass \(", linked.Output);
        string[] stable = ["pairs.csv", "entities.csv", "clusters.csv", "model.json"];
        Assert.All(stable, name => Assert.Equal(
            File.ReadAllBytes(_project.PathOf($"one/{name}")), File.ReadAllBytes(_project.PathOf($"two/{name}"))));
        Assert.InRange(await F1("--pairs", "one/pairs.csv"), 0.95, 1);
        Assert.InRange(await F1("--entities", "one/entities.csv"), 0.95, 1);
        await Ok(
            "resolve", "--entities", _project.PathOf("one/entities.csv"),
            "--map", _project.PathOf("agency_1.map.csv"), "--out", _project.PathOf("agency_1.links.csv"));
        IEnumerable<string> ids = ReadAll(_project.PathOf("agency_1.csv")).Skip(1).Select(row => row[0]);
        Assert.Equal(ids, ReadAll(_project.PathOf("agency_1.links.csv")).Skip(1).Select(row => row[0]));
    }

    [Fact]
    public async Task WholeWay_CanaryInEveryCell_IsInNoOutputButTheMaps()
    {
        // Letters and digits, in a form that no encoding of random bytes is likely to hold.
        string[] canaries =
        [
            "Zanzibarovqx", "Quuxlemmington", "1907-11-23", "Xylophonesex", "4711 Wombatgasse", "98689", "8642",
            "555-867-5309", "CANARYIDXQ",
        ];
        string cells = string.Join(',', canaries[..^1]);
        StringBuilder all = new();
        foreach (string party in new[] { "agency_1", "agency_2" })
        {
            _project.Write(
                $"{party}.csv",
                Project.Header.Replace("id,", "rec_id,", StringComparison.Ordinal)
                + $"{canaries[^1]},{cells}\n" + Project.Rows(0, 20));
            ToolRun encoded = await Ok(EncodeOf(party));
            ToolRun described = await Ok("describe", _project.PathOf($"{party}.lke"));
            ToolRun json = await Ok("describe", _project.PathOf($"{party}.lke"), "--json");
            all.Append(encoded.Output).Append(encoded.Errors).Append(described.Output).Append(json.Output);
        }

        ToolRun linked = await Ok(LinkOf("one"));
        ToolRun evaluated = await Ok(EvaluateOf("--pairs", "one/pairs.csv", "rec_id", "last_name"));
        all.Append(linked.Output).Append(linked.Errors).Append(evaluated.Output).Append(evaluated.Errors);
        string[] files =
        [
            _project.PathOf("agency_1.lke"), _project.PathOf("agency_2.lke"),
            .. Directory.GetFiles(_project.PathOf("one")),
        ];

        Assert.Equal(9, files.Length);
        string said = all.ToString();
        Assert.All(canaries, canary => Assert.DoesNotContain(canary, said, StringComparison.OrdinalIgnoreCase));
        foreach (string file in files)
        {
            byte[] bytes = Upper(File.ReadAllBytes(file));

            // Four and five digits occur by chance in files of random handles; the longer ones cannot.
            Assert.All(canaries.Where(canary => canary.Length > 6), canary =>
            {
                string upper = canary.ToUpperInvariant();
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(upper)));
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(upper)));
            });
        }

        Assert.Contains(canaries[^1], File.ReadAllText(_project.PathOf("agency_1.map.csv")), StringComparison.Ordinal);
    }

    private static byte[] Upper(byte[] bytes) =>
        [.. bytes.Select(b => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b)];

    private static async Task<ToolRun> Ok(params string[] args)
    {
        ToolRun run = await ToolRun.Of(args);
        Assert.True(run.ExitCode == ExitCode.Ok, run.Errors);
        return run;
    }

    private string[] EncodeOf(string party) =>
    [
        "encode", "--schema", _project.Schema, "--key", _project.Key, "--party", party,
        "--in", _project.PathOf($"{party}.csv"), "--id-column", "rec_id",
        "--out", _project.PathOf($"{party}.lke"), "--map", _project.PathOf($"{party}.map.csv"),
    ];

    private string[] LinkOf(string directory) =>
    [
        "link", _project.PathOf("agency_1.lke"), _project.PathOf("agency_2.lke"), "--seed", "1",
        "--out", _project.PathOf(directory),
    ];

    private string[] EvaluateOf(string option, string file, string idColumn, string truthColumn) =>
    [
        "evaluate", option, _project.PathOf(file), "--json", "--id-column", idColumn, "--truth-column", truthColumn,
        "--source", $"agency_1={_project.PathOf("agency_1.map.csv")},{_project.PathOf("agency_1.csv")}",
        "--source", $"agency_2={_project.PathOf("agency_2.map.csv")},{_project.PathOf("agency_2.csv")}",
    ];

    private async Task<double> F1(string option, string file)
    {
        ToolRun run = await Ok(EvaluateOf(option, file, "rec_id", "truth_person_id"));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("f1").GetDouble();
    }
}
