using System.Diagnostics;
using Linkage.Cli.Commands;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

public sealed class SidecarCommandTests : IDisposable
{
    // Longer than it takes anywhere; only a test that fails waits it out.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Run_ProgramBesideTheTool_IsGivenTheArgumentsAndAnswersItsCode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string seen = _directory.PathOf("seen");
        Script("Linkage.Sidecar", $"printf '%s\\n' \"$@\" > '{seen}'; exit 3");

        int code = await SidecarCommand.RunAsync(
            ["init", "--out", "a b", "--help"], null, _directory.Root, CancellationToken.None);

        Assert.Equal(3, code);
        Assert.Equal(["init", "--out", "a b", "--help"], await File.ReadAllLinesAsync(seen));
    }

    [Theory]
    [InlineData("sidecar init --out x", "init --out x")]
    [InlineData("agreement verify a.json", "agreement verify a.json")]
    [InlineData("audit-log verify --help", "audit-log verify --help")]
    [InlineData("sidecar --help", null)]
    [InlineData("sidecar", null)]
    [InlineData("link a.lke --out agreement", null)]
    public void FindArguments_CommandLine_GivesWhatIsTheSidecars(string line, string? expected) =>
        Assert.Equal(expected?.Split(' '), SidecarCommand.FindArguments(line.Split(' ')));

    [Fact]
    public async Task Run_Variable_GoesBeforeTheProgramBesideTheTool()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Script("Linkage.Sidecar", "exit 3");

        Assert.Equal(4, await SidecarCommand.RunAsync(
            [], Script("other", "exit 4"), _directory.Root, CancellationToken.None));
    }

    [Fact]
    public async Task Run_ToolAskedToStop_AsksTheSidecar()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string started = await PipeAsync("started");
        string script = Script(
            "Linkage.Sidecar", $"trap 'exit 9' TERM; echo ready > '{started}'; while :; do sleep 0.05; done");
        using CancellationTokenSource stop = new();

        Task<int> run = SidecarCommand.RunAsync([], script, _directory.Root, stop.Token);
        string said = await Task.Run(() => File.ReadAllText(started)).WaitAsync(Patience); // once the script writes
        await stop.CancelAsync();

        Assert.Equal("ready\n", said);
        Assert.Equal(9, await run.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("sidecar", "init", "--help")]
    [InlineData("sidecar", "run", "--config", "x")]
    public async Task Tool_NoSidecar_SaysWhereItComesFrom(params string[] args)
    {
        ToolRun run = await ToolRun.Of(args);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.StartsWith("error: the sidecar is not beside this tool", run.Errors, StringComparison.Ordinal);
        Assert.Contains("LINKAGE_SIDECAR", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_VariableThatLeadsNowhere_IsNamed()
    {
        FileNotFoundException missing = await Assert.ThrowsAsync<FileNotFoundException>(
            () => SidecarCommand.RunAsync([], _directory.PathOf("no"), _directory.Root, CancellationToken.None));

        Assert.EndsWith("LINKAGE_SIDECAR must name the sidecar", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sidecar")]
    [InlineData("sidecar", "")]
    public async Task Tool_NoCommandOfTheSidecar_SaysSo(params string[] args)
    {
        ToolRun run = await ToolRun.Of(args);

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.StartsWith("error: sidecar needs a command", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<string> PipeAsync(string name)
    {
        string path = _directory.PathOf(name);
        using Process make = Process.Start("mkfifo", path);
        await make.WaitForExitAsync();
        Assert.Equal(0, make.ExitCode);
        return path;
    }

    private string Script(string name, string body)
    {
        string path = _directory.PathOf(name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
