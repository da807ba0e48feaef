using System.Globalization;
using System.Text.Json;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

public sealed class ThresholdsCommandTests : IAsyncLifetime
{
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
    public async Task Thresholds_AfterLink_PrintsTableAndAdvice()
    {
        await Link();

        ToolRun run = await ToolRun.Of("thresholds", Output);

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
        Assert.StartsWith("expected matches among the candidates: 30", run.Output, StringComparison.Ordinal);
        Assert.Contains("greatest expected F1", run.Output, StringComparison.Ordinal);
        Assert.Contains("to use it: link --target-fdr ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thresholds_NoLinkAtAny_RecommendsNone()
    {
        await _project.EncodeRows("benefits", Project.Rows(500, 1));
        await _project.EncodeRows("health", Project.Rows(600, 1));
        ToolRun linked = await Link();

        ToolRun run = await ToolRun.Of("thresholds", Output);

        Assert.Contains("expected   no link at a threshold of 0.5", linked.Output, StringComparison.Ordinal);
        Assert.Contains("so none is recommended", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thresholds_AdvisedTarget_GivesThoseLinks()
    {
        await Link();
        ToolRun advice = await ToolRun.Of("thresholds", Output, "--json");
        using JsonDocument json = JsonDocument.Parse(advice.Output);
        double target = json.RootElement.GetProperty("target_fdr").GetDouble();
        long links = json.RootElement.GetProperty("recommended").GetProperty("links").GetInt64();

        await Link("--target-fdr", target.ToString(CultureInfo.InvariantCulture));

        using JsonDocument run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Join(Output, "run.json")));
        Assert.Equal(links, run.RootElement.GetProperty("counts").GetProperty("match").GetInt64());
        Assert.Equal(target, run.RootElement.GetProperty("options").GetProperty("targetFalseDiscovery").GetDouble());
        Assert.True(run.RootElement.GetProperty("decisions").GetProperty("matchThreshold").GetDouble() is > 0 and < 1);
    }

    [Fact]
    public async Task Thresholds_NoRun_SaysWhichFileIsMissing()
    {
        ToolRun run = await ToolRun.Of("thresholds", Output);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("run.json", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("NaN")]
    public async Task TargetFdr_OutOfRange_IsWrongUse(string target)
    {
        ToolRun thresholds = await ToolRun.Of("thresholds", Output, "--target-fdr", target);
        ToolRun link = await ToolRun.Of(
            "link", _project.PathOf("health.lke"), "--out", Output, "--target-fdr", target);

        Assert.Equal((ExitCode.WrongUse, ExitCode.WrongUse), (thresholds.ExitCode, link.ExitCode));
        Assert.Contains("--target-fdr must be from 0.0001 to under 1", link.Errors, StringComparison.Ordinal);
    }

    private async Task<ToolRun> Link(params string[] options)
    {
        string[] files = [_project.PathOf("health.lke"), _project.PathOf("benefits.lke")];
        ToolRun run = await ToolRun.Of(["link", .. files, "--out", Output, .. options]);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        return run;
    }
}
