using System.Text.Json;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Cli.Terminal;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Commands;

public sealed class DescribeCommandTests : IAsyncLifetime
{
    private Project _project = null!;

    private string Encoded => _project.PathOf("health.lke");

    public async Task InitializeAsync()
    {
        _project = await Project.CreateAsync();
        await _project.EncodeRows("health", Project.Rows(0, 30));
    }

    public Task DisposeAsync()
    {
        _project.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Describe_WholeFile_SaysSoWithItsHeader()
    {
        ToolRun run = await ToolRun.Of("describe", Encoded);

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
        using EncodedFile file = EncodedFile.Open(Encoded);
        Assert.StartsWith($"{Encoded}: verified", run.Output, StringComparison.Ordinal);
        string[] facts = ["health", "demo", file.Header.KeyId, "profile    standard", "records    30,"];
        Assert.All(facts, fact => Assert.Contains(fact, run.Output, StringComparison.Ordinal));
        Assert.All(
            file.Header.Schema.Passes, pass => Assert.Contains(pass.Name, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Describe_ControlCharactersInTheHeader_DoNotReachTheTerminal()
    {
        LinkageSchema schema = LinkageSchema.Load(_project.Schema) with { Name = "a\u001B[2Jb\nc" };
        using (LinkageKey key = LinkageKey.Generate("d\u009B2Je\rf"))
        using (RecordEncoder encoder = new(schema, key, "health"))
        using (EncodedFileWriter writer = EncodedFileWriter.Create(Encoded, _project.PathOf("map.csv"), encoder))
        {
            writer.Complete();
        }

        ToolRun run = await ToolRun.Of("describe", Encoded);

        string text = run.Output.ReplaceLineEndings("");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.DoesNotContain(text, char.IsControl);
        Assert.Contains("project    d 2Je f", text, StringComparison.Ordinal);
        Assert.Contains("schema     a [2Jb c ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_Json_HoldsSizesAndCounts()
    {
        ToolRun run = await ToolRun.Of("describe", Encoded, "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement root = json.RootElement;
        long bytes = new FileInfo(Encoded).Length;
        Assert.True(root.GetProperty("verified").GetBoolean());
        Assert.Equal(bytes, root.GetProperty("bytes").GetInt64());
        Assert.Equal(bytes / 30.0, root.GetProperty("bytes_per_record").GetDouble());
        Assert.Equal("health", root.GetProperty("party").GetString());
        Assert.Equal(30, root.GetProperty("records").GetInt32());
        Assert.Equal(8, root.GetProperty("fields").GetArrayLength());
        Assert.Equal(30, root.GetProperty("passes")[0].GetProperty("records").GetInt32());
    }

    [Fact]
    public async Task Describe_FewRecords_SaysThatAgreementIsNotTold()
    {
        ToolRun run = await ToolRun.Of("describe", Encoded);

        Assert.Contains("contact: not told, fewer than 100 records", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteTable_GroupWithSwappedLevels_SaysWhyItIsNotTold()
    {
        using EncodedFile file = EncodedFile.Open(Encoded);
        EncodedFileHeader swapped = file.Header with { Schema = file.Header.Schema.WithSwappedNames() };
        using StringWriter text = new();

        new AgreementText(swapped).WriteTable(text);

        Assert.Contains("not told, its levels ask for swapped values", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_ManyRecords_ShowsAgreementByChance()
    {
        await _project.EncodeRows("benefits", Project.Rows(0, 200));

        ToolRun text = await ToolRun.Of("describe", _project.PathOf("benefits.lke"));
        ToolRun run = await ToolRun.Of("describe", _project.PathOf("benefits.lke"), "--json");

        Assert.Matches(@"sex +equal +19,900 +19,900 +1\.00E\+0", text.Output);
        Assert.Matches(@"first_name +equal +under 10 +19,900", text.Output);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement[] rows = [.. json.RootElement.GetProperty("agreement").EnumerateArray()];
        JsonElement sex = rows.Single(row => row.GetProperty("comparison").GetString() == "sex").GetProperty("levels");
        Assert.Equal(10, sex[0].GetProperty("fewer_than").GetInt32());
        Assert.Equal("equal", sex[1].GetProperty("level").GetString());
        Assert.Equal((19_900, 19_900), (sex[1].GetProperty("count").GetInt32(), sex[1].GetProperty("of").GetInt32()));
    }

    [Fact]
    public async Task Describe_Truncated_IsBadInput()
    {
        File.WriteAllBytes(Encoded, File.ReadAllBytes(Encoded)[..^1]);

        await AssertBad(Encoded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-40_000)]
    [InlineData(-1)]
    public async Task Describe_OneAlteredByte_IsBadInput(int place)
    {
        byte[] bytes = File.ReadAllBytes(Encoded);
        bytes[place < 0 ? bytes.Length + place : place] ^= 1;
        File.WriteAllBytes(Encoded, bytes);

        await AssertBad(Encoded);
    }

    [Fact]
    public async Task Describe_NoEncodedFile_IsBadInput()
    {
        await AssertBad(_project.PathOf("none.lke"));
        await AssertBad(_project.Schema);
        await AssertBad(Path.GetDirectoryName(_project.Schema)!);
        await AssertBad(_project.Write("empty.lke", string.Empty));
    }

    private static async Task AssertBad(string path)
    {
        ToolRun run = await ToolRun.Of("describe", path);

        Assert.Equal((ExitCode.BadInput, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: {path}: ", run.Errors, StringComparison.Ordinal);
    }
}
