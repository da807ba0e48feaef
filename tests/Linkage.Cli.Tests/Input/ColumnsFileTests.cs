using System.Text.Json;
using System.Text.RegularExpressions;
using Linkage.Bloom.Normalization;
using Linkage.Cli.Input;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Input;

public sealed class ColumnsFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Load_EveryKey_IsTakenOver()
    {
        ColumnsFile columns = Load(
            """
            {"format":"linkage-columns/1","delimiter":";","encoding":"latin1","dateOrder":"dmy","id":"rec no",
             "fields":{"first_name":"Vorname","dob":{"year":"Y","month":"M","day":"D"}}}
            """);

        Assert.Equal(new CsvReadOptions { Delimiter = ';', Encoding = "latin1" }, columns.ReadOptions);
        Assert.Equal(DateOrder.DayMonthYear, columns.DateOrder);
        Assert.Equal("rec no", columns.Id);
        Assert.Equal(2, columns.Fields.Count);
        Assert.Equal(FieldSource.InOneColumn("Vorname"), columns.Fields["first_name"]);
        Assert.Equal(new FieldSource(null, "Y", "M", "D"), columns.Fields["dob"]);
    }

    [Fact]
    public void Load_EmptyObject_LeavesAllOpen()
    {
        ColumnsFile columns = Load("{}");

        Assert.Equal(CsvReadOptions.Default, columns.ReadOptions);
        Assert.Null(columns.DateOrder);
        Assert.Null(columns.Id);
        Assert.Empty(columns.Fields);
    }

    [Theory]
    [InlineData("ymd", (int)DateOrder.YearMonthDay)]
    [InlineData("dmy", (int)DateOrder.DayMonthYear)]
    [InlineData("mdy", (int)DateOrder.MonthDayYear)]
    public void Load_DateOrder_IsOneOfThree(string text, int order) =>
        Assert.Equal((DateOrder)order, Load($$"""{"dateOrder":"{{text}}"}""").DateOrder);

    [Theory]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"id":"\ud800"}""", "holds text that is not Unicode")]
    [InlineData("""{"\ud800":1}""", "holds text that is not Unicode")]
    [InlineData("""{"fields":{"\udc00":null}}""", "holds text that is not Unicode")]
    [InlineData("""{"colour":1}""", "unknown key \"colour\"")]
    [InlineData("""{"format":"linkage-columns/2"}""", "\"format\": must be \"linkage-columns/1\"")]
    [InlineData("""{"format":1}""", "\"format\": must be a string that is not empty")]
    [InlineData("""{"delimiter":";;"}""", "\"delimiter\": must be one ASCII character")]
    [InlineData("""{"delimiter":"x"}""", "\"delimiter\": must be one ASCII character")]
    [InlineData("""{"encoding":"klingon"}""", "\"encoding\": is not a known text encoding")]
    [InlineData("""{"encoding":"utf-7"}""", "\"encoding\": is not a known text encoding")]
    [InlineData("""{"dateOrder":"ydm"}""", "\"dateOrder\": must be \"ymd\", \"dmy\" or \"mdy\"")]
    [InlineData("""{"id":""}""", "\"id\": must be a string that is not empty")]
    [InlineData("""{"id":null}""", "\"id\": must be a string that is not empty")]
    [InlineData("""{"fields":[]}""", "\"fields\": must be a JSON object")]
    [InlineData("""{"fields":{"dob":7}}""", "\"dob\": must be a JSON object")]
    [InlineData("""{"fields":{"dob":{"year":"Y","day":"D"}}}""", "\"dob\": needs a column for each of year")]
    [InlineData("""{"fields":{"dob":{"hour":"H"}}}""", "unknown key \"dob.hour\"")]
    [InlineData("""{"id":"a","id":"b"}""", "not valid JSON")]
    [InlineData("{\n\"id\":", "not valid JSON (line 2)")]
    public void Load_WrongDocument_IsRefused(string json, string problem)
    {
        string path = _directory.Write("m.json", json);

        InputException exception = Assert.Throws<InputException>(() => ColumnsFile.Load(path));

        Assert.StartsWith($"{path}: {problem}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, Failure.From(exception).ExitCode);
    }

    [Fact]
    public void Load_FieldMappedToNull_IsAbsent() =>
        Assert.Equal(FieldSource.Absent, Load("""{"fields":{"phone":null}}""").Fields["phone"]);

    [Fact]
    public void Load_NoFile_IsBadInput()
    {
        Exception? exception = Record.Exception(() => ColumnsFile.Load(_directory.PathOf("none.json")));

        Assert.Equal(ExitCode.BadInput, Failure.From(exception!).ExitCode);
    }

    [Fact]
    public void SchemaDocument_EveryKeyAndValueItAllows_IsUnderstood()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(SchemaPath()));
        JsonElement keys = schema.RootElement.GetProperty("properties");

        Assert.Equal(
            ["format", "delimiter", "encoding", "dateOrder", "id", "fields"],
            keys.EnumerateObject().Select(key => key.Name));
        Assert.Equal(ColumnsFile.Format, keys.GetProperty("format").GetProperty("const").GetString());
        foreach (JsonElement order in keys.GetProperty("dateOrder").GetProperty("enum").EnumerateArray())
        {
            Assert.NotNull(Load($$"""{"dateOrder":"{{order.GetString()}}"}""").DateOrder);
        }
    }

    [Fact]
    public void SchemaDocument_PatternOfDelimiters_AllowsWhatTheReaderAllows()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(SchemaPath()));
        JsonElement delimiter = schema.RootElement.GetProperty("properties").GetProperty("delimiter");
        Regex pattern = new(delimiter.GetProperty("pattern").GetString()!);

        for (char c = '\0'; c < 256; c++)
        {
            Assert.Equal(CsvReadOptions.IsDelimiter(c), pattern.IsMatch(c.ToString()));
        }
    }

    private ColumnsFile Load(string json) => ColumnsFile.Load(_directory.Write("m.json", json));

    private static string SchemaPath()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Join(directory.FullName, "Linkage.sln")))
        {
            directory = directory.Parent;
        }

        Assert.NotNull(directory);
        return Path.Join(directory.FullName, "docs", "linkage-columns-1.schema.json");
    }
}
