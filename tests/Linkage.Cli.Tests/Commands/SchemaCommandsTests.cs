using Linkage.Bloom.Schemas;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

public sealed class SchemaCommandsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Check_ValidSchema_TellsFieldsPassesAndWarnings()
    {
        string path = _directory.Write("s.json", Project.People);

        ToolRun run = await ToolRun.Of("schema", "check", path);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.StartsWith($"{path}: valid, profile standard", run.Output, StringComparison.Ordinal);
        LinkageSchema schema = LinkageSchema.Load(path);
        Assert.All(schema.Fields, field => Assert.Contains(field.Name, run.Output, StringComparison.Ordinal));
        Assert.Contains($"pass place: A + Z3{Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            schema.FindWarnings().Select(warning => $"warning: {warning}"),
            run.Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Fingerprint_Schema_PrintsBoth()
    {
        string path = _directory.Write("s.json", Project.People);
        LinkageSchema schema = LinkageSchema.Load(path);

        ToolRun run = await ToolRun.Of("schema", "fingerprint", path);

        string expected = $"encoding {schema.EncodingFingerprint}{Environment.NewLine}"
            + $"linkage  {schema.LinkageFingerprint}{Environment.NewLine}";
        Assert.Equal(new ToolRun(ExitCode.Ok, expected, string.Empty), run);
    }

    [Fact]
    public async Task Fingerprint_OtherThreshold_ChangesTheSecondLineOnly()
    {
        string other = Project.People.Replace(
            "\"fields\"",
            "\"thresholds\": { \"match\": 0.9, \"possible\": 0.2 }, \"fields\"",
            StringComparison.Ordinal);

        string[] first = await Fingerprints(Project.People);
        string[] second = await Fingerprints(other);

        Assert.Equal(first[0], second[0]);
        Assert.NotEqual(first[1], second[1]);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("fingerprint")]
    public async Task Schema_BrokenRule_IsBadInputWithFileAndPlace(string command)
    {
        string path = _directory.Write(
            "s.json", Project.People.Replace("\"sex\" }", "\"sexx\" }", StringComparison.Ordinal));

        ToolRun run = await ToolRun.Of("schema", command, path);

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: {path}: schema: fields[3].kind", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("fingerprint")]
    public async Task Schema_NoFileOrDirectory_IsBadInput(string command)
    {
        ToolRun missing = await ToolRun.Of("schema", command, _directory.PathOf("none.json"));
        ToolRun directory = await ToolRun.Of("schema", command, _directory.Root);

        string first = $"error: {_directory.PathOf("none.json")}: no such file{Environment.NewLine}";
        Assert.Equal(new ToolRun(ExitCode.BadInput, string.Empty, first), missing);
        string second = $"error: {_directory.Root}: is a directory, not a file{Environment.NewLine}";
        Assert.Equal(new ToolRun(ExitCode.BadInput, string.Empty, second), directory);
    }

    private async Task<string[]> Fingerprints(string schema)
    {
        ToolRun run = await ToolRun.Of("schema", "fingerprint", _directory.Write("f.json", schema));
        return run.Output.Split(Environment.NewLine);
    }
}
