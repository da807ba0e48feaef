using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

/// <summary>What "evaluate" makes of the other files of a run, and its report.</summary>
public sealed class EvaluateCommandTestsOfRuns : IDisposable
{
    private const string Run =
        """
        {
          "format": "linkage-run/1",
          "decisions": { "matchThreshold": 0.9 },
          "counts": { "writtenPairs": 2, "candidatePairs": 2 },
          "pairsCompleteness": { "estimate": 0.99, "low": 0.98, "high": 0.995, "corePasses": ["x", "y", "z"] }
        }
        """;

    private const string Reach =
        "a,{a1},3,20,0.99\na,{a2},0,0,0\nb,{b1},2,5,0.8\nb,{b2},1,9,0.95\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Evaluate_RunAndRecords_AddsWhatTheyTell()
    {
        ToolRun run = await Evaluate("--run", Write(Run), "--records", WriteReach(Reach), "--json");

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement listed = json.RootElement.GetProperty("listed");
        Assert.Equal(0.5, listed.GetProperty("pairs_completeness").GetDouble());
        Assert.True(listed.GetProperty("every_candidate").GetBoolean());
        Assert.Equal(0.99, listed.GetProperty("stated_completeness").GetDouble());

        // The run's threshold of .9 makes b1 unlinkable; a2 is in no pass.
        Assert.Equal(0.5, json.RootElement.GetProperty("unlinkable").GetDouble());
        Assert.Equal(0.25, json.RootElement.GetProperty("in_no_pass").GetDouble());
        JsonElement calibration = json.RootElement.GetProperty("calibration");
        Assert.Equal(0.75, calibration.GetProperty("expected_precision").GetDouble());
        Assert.Equal(["44", "40"], json.RootElement.GetProperty("patterns").EnumerateArray()
            .Select(one => one.GetProperty("pattern").GetString()).OrderDescending(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "is not of format linkage-run/1")]
    [InlineData("""{ "format": "linkage-model/1" }""", "is not of format linkage-run/1")]
    [InlineData("""{ "format": "linkage-run/1", "decisions": { "matchThreshold": 2 } }""", "lacks figures")]
    public async Task Evaluate_NoRunFile_IsBadInput(string text, string problem)
    {
        ToolRun run = await Evaluate("--run", Write(text));

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains($"run.json: {problem}", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,{a1},3,20,0.99\n", "a record of the maps is missing")]
    [InlineData("a,{a1},3,20,0.99\na,{a1},3,20,0.99\n", "the record is the same as in an earlier row")]
    [InlineData("a,{a1}," + Canary + ",20,0.99\n", "column 'passes': not a whole number")]
    [InlineData("a,{a1},3,20," + Canary + "\n", "column 'self_probability': not a number between 0 and 1")]
    public async Task Evaluate_MalformedRecords_IsBadInput(string rows, string problem)
    {
        ToolRun run = await Evaluate("--records", WriteReach(rows));

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Html_IsWellFormedWithoutAHandle()
    {
        string html = _directory.PathOf("report.html");

        ToolRun run = await Evaluate("--html", html, "--group-column", "group");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        XDocument report = XDocument.Load(html);
        Assert.Equal("html", report.Root!.Name);
        Assert.Contains(report.Descendants("section"), section => (string?)section.Attribute("id") == "calibration");
        Assert.DoesNotContain(Handle("a", 1), report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_HtmlOverAnInput_IsWrongUseAndKeepsIt()
    {
        ToolRun run = await Evaluate("--html", _directory.PathOf("a.csv"));

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Contains("--html would replace an input", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("id,who", File.ReadAllText(_directory.PathOf("a.csv")), StringComparison.Ordinal);
    }

    private static string Handle(string party, int record) =>
        string.Create(CultureInfo.InvariantCulture, $"{party}{record:x31}");

    private string Write(string run) => _directory.Write("run.json", run);

    private string WriteReach(string rows) => _directory.Write(
        "records.csv",
        "party,handle,passes,self_weight,self_probability\n" + rows
            .Replace("{a1}", Handle("a", 1), StringComparison.Ordinal)
            .Replace("{a2}", Handle("a", 2), StringComparison.Ordinal)
            .Replace("{b1}", Handle("b", 1), StringComparison.Ordinal)
            .Replace("{b2}", Handle("b", 2), StringComparison.Ordinal));

    /// <summary>Two persons in both sources: one pair is found, the other is not listed, one link is wrong.</summary>
    private Task<ToolRun> Evaluate(params string[] options)
    {
        List<string> arguments = ["evaluate", "--id-column", "id", "--truth-column", "who"];
        foreach (string party in new[] { "a", "b" })
        {
            string map = _directory.Write(
                $"{party}.map.csv", $"handle,source_id\n{Handle(party, 1)},1\n{Handle(party, 2)},2\n");
            string records = _directory.Write($"{party}.csv", "id,who,group\n1,p,g\n2,q,h\n");
            arguments.AddRange(["--source", $"{party}={map},{records}"]);
        }

        string pairs = _directory.Write(
            "pairs.csv",
            "left_party,left_handle,right_party,right_handle,weight,probability,decision,pattern\n"
            + $"a,{Handle("a", 1)},b,{Handle("b", 1)},3,0.5,possible,44\n"
            + $"a,{Handle("a", 1)},b,{Handle("b", 2)},2,0.75,match,40\n");
        return ToolRun.Of([.. arguments, "--pairs", pairs, .. options]);
    }
}
