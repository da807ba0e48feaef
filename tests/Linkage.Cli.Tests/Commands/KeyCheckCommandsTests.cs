using System.Text.Json;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

public sealed class KeyCheckCommandsTests : IAsyncLifetime
{
    private Project _project = null!;

    public async Task InitializeAsync() => _project = await Project.CreateAsync();

    public Task DisposeAsync()
    {
        _project.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task KeyCheck_SameKeyAndSchema_BothOwnersLearnIt()
    {
        ToolRun first = await UpToFinish(_project.Schema, _project.Key);
        ToolRun second = await Finish("--confirm", _project.PathOf("confirm.txt"));

        string line = $"Project, key, schema and software are the same on both sides.{Environment.NewLine}";
        Assert.Equal(new ToolRun(ExitCode.Ok, line, string.Empty), first);
        Assert.Equal(new ToolRun(ExitCode.Ok, line, string.Empty), second);
    }

    [Fact]
    public async Task KeyCheck_OtherKey_IsNamedToBothAndHasCodeTwo()
    {
        await _project.NewKeyAsync("other.key", "demo");

        ToolRun run = await UpToFinish(_project.Schema, _project.PathOf("other.key"));

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("different key ids", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyCheck_OtherSchema_IsNamedAndHasCodeTwo()
    {
        string schema = _project.Write(
            "other.json", Project.People.Replace("\"L3\"", "\"LS\"", StringComparison.Ordinal));

        ToolRun run = await UpToFinish(schema, _project.Key);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("The schemas differ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyCheck_Texts_HoldNothingOfTheRoot()
    {
        await UpToFinish(_project.Schema, _project.Key);

        using JsonDocument key = JsonDocument.Parse(File.ReadAllBytes(_project.Key));
        string root = key.RootElement.GetProperty("root").GetString()!;
        string texts = string.Concat(
            _project.Names().Where(name => name.EndsWith(".txt", StringComparison.Ordinal))
                .Select(name => File.ReadAllText(_project.PathOf(name))));
        Assert.Equal(3, texts.Split("linkage-key-check/1").Length - 1);
        Assert.All(
            Enumerable.Range(0, root.Length - 16),
            at => Assert.DoesNotContain(root.Substring(at, 16), texts, StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeyCheck_AlteredText_IsBadInputByLine()
    {
        await Start();
        string start = _project.PathOf("start.txt");
        File.WriteAllText(start, File.ReadAllText(start).Replace("epoch: 1", "epoch: x", StringComparison.Ordinal));

        ToolRun run = await Answer(_project.Schema, _project.Key);

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.Equal($"error: key check: start text, line 5: holds no proper epoch{Environment.NewLine}", run.Errors);
        Assert.DoesNotContain("answer.txt", _project.Names());
    }

    [Fact]
    public async Task KeyCheck_OwnStartAsAnswer_IsBadInput()
    {
        await Start();
        File.Copy(_project.PathOf("start.txt"), _project.PathOf("answer.txt"));

        ToolRun run = await Finish("--out", _project.PathOf("confirm.txt"));

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.DoesNotContain("confirm.txt", _project.Names());
    }

    [Fact]
    public async Task KeyCheck_TooLongText_IsBadInput()
    {
        _project.Write("start.txt", new byte[70_000]);

        Assert.Equal(ExitCode.BadInput, (await Answer(_project.Schema, _project.Key)).ExitCode);
    }

    [Fact]
    public async Task KeyCheck_BothOrNeitherOfOutAndConfirm_IsWrongUse()
    {
        Assert.Equal(ExitCode.WrongUse, (await Finish()).ExitCode);
        Assert.Equal(ExitCode.WrongUse, (await Finish("--out", "a", "--confirm", "b")).ExitCode);
    }

    [Fact]
    public async Task KeyCheck_OutputWouldReplaceTheKey_IsWrongUse()
    {
        byte[] key = File.ReadAllBytes(_project.Key);

        ToolRun run = await ToolRun.Of(
            "key", "check", "start", "--schema", _project.Schema, "--key", _project.Key, "--out", _project.Key);

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Equal(key, File.ReadAllBytes(_project.Key));
    }

    private Task<ToolRun> Start() => ToolRun.Of(
        "key", "check", "start", "--schema", _project.Schema, "--key", _project.Key,
        "--out", _project.PathOf("start.txt"));

    private Task<ToolRun> Answer(string schema, string key) => ToolRun.Of(
        "key", "check", "answer", "--schema", schema, "--key", key,
        "--start", _project.PathOf("start.txt"), "--out", _project.PathOf("answer.txt"));

    private Task<ToolRun> Finish(params string[] options) => ToolRun.Of(
    [
        "key", "check", "finish", "--schema", _project.Schema, "--key", _project.Key,
        "--start", _project.PathOf("start.txt"), "--answer", _project.PathOf("answer.txt"), .. options,
    ]);

    private async Task<ToolRun> UpToFinish(string otherSchema, string otherKey)
    {
        Assert.Equal(ExitCode.Ok, (await Start()).ExitCode);
        Assert.Equal(ExitCode.Ok, (await Answer(otherSchema, otherKey)).ExitCode);
        return await Finish("--out", _project.PathOf("confirm.txt"));
    }
}
