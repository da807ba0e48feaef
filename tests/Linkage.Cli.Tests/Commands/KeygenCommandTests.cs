using System.Text.Json;
using Linkage.Bloom.Keys;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

public sealed class KeygenCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Keygen_NewFile_IsAKeyForTheOwnerAlone()
    {
        string path = _directory.PathOf("project.key");

        ToolRun run = await ToolRun.Of("keygen", "--project", "housing 2026", "--out", path);

        using LinkageKey key = LinkageKey.Load(path);
        Assert.Equal(("housing 2026", 1), (key.Project, key.Epoch));
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal($"{path}: key {key.KeyId}, epoch 1{Environment.NewLine}", run.Output);
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(["project.key"], _directory.Names());
    }

    [Fact]
    public async Task Keygen_Twice_GivesDifferentKeysAndPrintsNoSecret()
    {
        ToolRun first = await ToolRun.Of("keygen", "--project", "p", "--out", _directory.PathOf("a.key"));
        ToolRun second = await ToolRun.Of("keygen", "--project", "p", "--out", _directory.PathOf("b.key"));

        Assert.NotEqual(Root("a.key"), Root("b.key"));
        Assert.DoesNotContain(Root("a.key"), first.Output + first.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Root("b.key"), second.Output + second.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("older")]
    [InlineData("")]
    public async Task Keygen_FileExists_IsRefusedAndLeftAlone(string content)
    {
        string path = _directory.Write("project.key", content);

        ToolRun run = await ToolRun.Of("keygen", "--project", "p", "--out", path);

        string line = $"error: {path}: exists already, and a key is never replaced{Environment.NewLine}";
        Assert.Equal(new ToolRun(ExitCode.Refused, string.Empty, line), run);
        Assert.Equal(content, File.ReadAllText(path));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public async Task Keygen_ProjectWithoutName_IsWrongUse(string project)
    {
        ToolRun run = await ToolRun.Of("keygen", "--project", project, "--out", _directory.PathOf("project.key"));

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Empty(_directory.Names());
    }

    [Theory]
    [InlineData(128, ExitCode.Ok)]
    [InlineData(129, ExitCode.WrongUse)]
    public async Task Keygen_LongProject_IsLimitedTo128Characters(int length, int code) => Assert.Equal(
        code,
        (await ToolRun.Of("keygen", "--project", new string('p', length), "--out", _directory.PathOf("k"))).ExitCode);

    [Fact]
    public async Task Keygen_NoDirectory_IsBadInput() => Assert.Equal(
        ExitCode.BadInput,
        (await ToolRun.Of("keygen", "--project", "p", "--out", _directory.PathOf("none/project.key"))).ExitCode);

    private string Root(string name)
    {
        using JsonDocument key = JsonDocument.Parse(File.ReadAllBytes(_directory.PathOf(name)));
        return key.RootElement.GetProperty("root").GetString()!;
    }
}
