using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

public sealed class ResolveCommandTests : IDisposable
{
    private static readonly string H1 = new('1', 32);
    private static readonly string H2 = new('2', 32);
    private static readonly string H3 = new('3', 32);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Resolve_EveryRecordKnown_WritesLinksInMapOrder()
    {
        _directory.Write("out.csv", "older");
        ToolRun run = await Resolve(
            $"handle,source_id\n{H2},\"B,2\"\n{H1},{Canary}\n",
            $"party,handle,link_id\nhealth,{H1},L7\nbenefits,{H3},L7\nhealth,{H2},L8\n");

        Assert.Equal(new ToolRun(ExitCode.Ok, string.Empty, $"2 records resolved{Environment.NewLine}"), run);
        Assert.Equal($"source_id,link_id\n\"B,2\",L8\n{Canary},L7\n", File.ReadAllText(_directory.PathOf("out.csv")));
        Assert.Equal(["entities.csv", "map.csv", "out.csv"], _directory.Names());
    }

    [Fact]
    public async Task Resolve_LinksWritten_AreForTheirOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Resolve($"handle,source_id\n{H1},A\n", $"party,handle,link_id\nhealth,{H1},L7\n");

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.PathOf("out.csv")));
    }

    [Fact]
    public async Task Resolve_OtherColumnOrderAndNoParty_IsTheSame()
    {
        ToolRun run = await Resolve($"source_id,handle\nA,{H1}\n", $"link_id,handle\nL7,{H1}\n");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal("source_id,link_id\nA,L7\n", File.ReadAllText(_directory.PathOf("out.csv")));
    }

    [Fact]
    public async Task Resolve_RecordNotInEntities_IsRefused() => await AssertRefused(
        $"handle,source_id\n{H1},A\n{H2},{Canary}\n",
        $"party,handle,link_id\nhealth,{H1},L7\nhealth,{H3},L8\n",
        "{map}: row 2: the record is not in {entities}");

    [Fact]
    public async Task Resolve_RecordTwiceInEntities_IsRefused() => await AssertRefused(
        $"handle,source_id\n{H1},{Canary}\n",
        $"party,handle,link_id\nhealth,{H1},{Canary}\nhealth,{H1},{Canary}\n",
        "{entities}: row 2 (line 3): a record of the map has a second link id here");

    [Fact]
    public async Task Resolve_EmptyLinkId_IsRefused() => await AssertRefused(
        $"handle,source_id\n{H1},{Canary}\n",
        $"party,handle,link_id\nhealth,{H1},\n",
        "{entities}: row 1 (line 2), column 'link_id': the link id is empty");

    [Fact]
    public async Task Resolve_HandleInEntitiesMalformed_IsRefused() => await AssertRefused(
        $"handle,source_id\n{H1},{Canary}\n",
        $"party,handle,link_id\nhealth,{Canary},L7\n",
        "{entities}: row 1 (line 2), column 'handle': not a handle of 32 lower-case hexadecimal digits");

    [Fact]
    public async Task Resolve_FilesSwapped_IsRefused() => await AssertRefused(
        $"party,handle,link_id\n{Canary},{H1},L7\n",
        $"handle,source_id\n{H1},{Canary}\n",
        "{map}: column 'source_id' is missing from the header row");

    [Fact]
    public async Task Resolve_NoMap_IsBadInput()
    {
        string map = _directory.PathOf("map.csv");

        ToolRun run = await ToolRun.Of(
            "resolve", "--entities", "e.csv", "--map", map, "--out", _directory.PathOf("out.csv"));

        string line = $"error: {map}: no such file{Environment.NewLine}";
        Assert.Equal(new ToolRun(ExitCode.BadInput, string.Empty, line), run);
    }

    [Fact]
    public async Task Resolve_OutputIsAnInput_IsWrongUseAndTouchesNothing()
    {
        string map = _directory.Write("map.csv", "content");

        ToolRun run = await ToolRun.Of(
            "resolve", "--entities", "e.csv", "--map", map, "--out", Path.Join(_directory.Root, ".", "map.csv"));

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Equal("content", File.ReadAllText(map));
    }

    [Fact]
    public async Task Resolve_Cancelled_SaysSoAndLeavesNothing()
    {
        string map = _directory.Write("map.csv", $"handle,source_id\n{H1},A\n");
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        ToolRun run = await ToolRun.Of(
            stop.Token, "resolve", "--entities", "e.csv", "--map", map, "--out", _directory.PathOf("out.csv"));

        Assert.Equal(new ToolRun(ExitCode.WrongUse, string.Empty, $"error: cancelled{Environment.NewLine}"), run);
        Assert.Equal(["map.csv"], _directory.Names());
    }

    private Task<ToolRun> Resolve(string map, string entities) => ToolRun.Of(
        "resolve",
        "--entities", _directory.Write("entities.csv", entities),
        "--map", _directory.Write("map.csv", map),
        "--out", _directory.PathOf("out.csv"));

    private async Task AssertRefused(string map, string entities, string message)
    {
        ToolRun run = await Resolve(map, entities);

        string line = message
            .Replace("{map}", _directory.PathOf("map.csv"), StringComparison.Ordinal)
            .Replace("{entities}", _directory.PathOf("entities.csv"), StringComparison.Ordinal);
        Assert.Equal(new ToolRun(ExitCode.BadInput, string.Empty, $"error: {line}{Environment.NewLine}"), run);
        Assert.DoesNotContain(Canary, run.Errors, StringComparison.Ordinal);
        Assert.Equal(["entities.csv", "map.csv"], _directory.Names());
    }
}
