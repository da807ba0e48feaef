using Linkage.Cli.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Cli.Tests.Commands;

public sealed class GenerateCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Generate_ThreeAgencies_WritesThreeFilesOfThatManyRecords()
    {
        ToolRun run = await Generate("people", "--people", "20", "--agencies", "3", "--seed", "7");

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Output));
        string[] names = ["agency_1.csv", "agency_2.csv", "agency_3.csv"];
        string[] files = Directory.GetFiles(_directory.PathOf("people"));
        Assert.Equal(names, files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file =>
        {
            List<string[]> table = CsvFiles.ReadAll(file);
            Assert.Equal(SyntheticRecord.ColumnNames, table[0]);
            Assert.Equal(21, table.Count);
        });
    }

    [Fact]
    public async Task Generate_SameSeed_GivesTheSameBytesAndAnotherSeedOthers()
    {
        await Generate("a", "--people", "20", "--agencies", "1", "--seed", "7");
        await Generate("b", "--people", "20", "--agencies", "1", "--seed", "7", "--overlap", "0.5");
        await Generate("c", "--people", "20", "--agencies", "1", "--seed", "8");

        byte[] Bytes(string name) => File.ReadAllBytes(_directory.PathOf($"{name}/agency_1.csv"));
        Assert.Equal(Bytes("a"), Bytes("b"));
        Assert.NotEqual(Bytes("a"), Bytes("c"));
    }

    [Theory]
    [InlineData("0", "2", "0.5", "--people must be at least 1")]
    [InlineData("10", "0", "0.5", "--agencies must be 1 to 256")]
    [InlineData("10", "257", "0.5", "--agencies must be 1 to 256")]
    [InlineData("10", "2", "1.5", "--overlap must be 0 to 1")]
    [InlineData("10", "2", "NaN", "--overlap must be 0 to 1")]
    public async Task Generate_NumberOutOfRange_IsWrongUse(
        string people, string agencies, string overlap, string problem)
    {
        ToolRun run = await Generate(
            "people", "--people", people, "--agencies", agencies, "--seed", "1", "--overlap", overlap);

        string line = $"error: {problem}{Environment.NewLine}";
        Assert.Equal(new ToolRun(ExitCode.WrongUse, string.Empty, line), run);
        Assert.Empty(_directory.Names());
    }

    [Theory]
    [InlineData("x", "1")]
    [InlineData("10", "-1")]
    public async Task Generate_NotANumber_IsWrongUse(string people, string seed)
    {
        ToolRun run = await Generate("people", "--people", people, "--agencies", "1", "--seed", seed);

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Empty(_directory.Names());
    }

    [Fact]
    public async Task Generate_DirectoryIsAFile_IsBadInput()
    {
        _directory.Write("people", "text");

        ToolRun run = await Generate("people", "--people", "10", "--agencies", "1", "--seed", "1");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal(["people"], _directory.Names());
    }

    [Fact]
    public async Task Generate_Cancelled_LeavesNoFile()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        ToolRun run = await ToolRun.Of(
            stop.Token,
            "generate", "--people", "10", "--agencies", "2", "--seed", "1", "--out", _directory.PathOf("p"));

        Assert.Equal(new ToolRun(ExitCode.WrongUse, string.Empty, $"error: cancelled{Environment.NewLine}"), run);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.PathOf("p")));
    }

    private Task<ToolRun> Generate(string directory, params string[] options) =>
        ToolRun.Of(["generate", "--out", _directory.PathOf(directory), .. options]);
}
