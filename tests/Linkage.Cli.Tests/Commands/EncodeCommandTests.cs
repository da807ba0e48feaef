using System.Text.Json;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

public sealed class EncodeCommandTests : IAsyncLifetime
{
    private const string Row = "r1,Ann,Miller,1980-05-17,F,1 Oak Street,12345,1234,555-123-4567\n";

    private const string NoPhone =
        "id,first_name,last_name,dob,sex,address,zip,ssn4\nr1,Ann,Lee,1980-05-17,F,,,1234\n";

    private Project _project = null!;

    public async Task InitializeAsync() => _project = await Project.CreateAsync();

    public Task DisposeAsync()
    {
        _project.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Encode_Records_WritesWholeFileAndMapInOrder()
    {
        _project.Write("health.csv", Project.Header + Project.Rows(0, 20));

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
        using EncodedFile file = EncodedFile.Open(_project.PathOf("health.lke"));
        Assert.Equal(("health", "demo", 20), (file.Header.Party, file.Header.Project, file.Header.RecordCount));
        Assert.All(file.Header.Fields, field => Assert.Equal(20, field.Present));
        string[] ids = [.. ReadAll(_project.PathOf("health.map.csv")).Skip(1).Select(row => row[1])];
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"r{i}"), ids);
        Assert.Equal(
            ["health.csv", "health.lke", "health.map.csv", "people.schema.json", "project.key"], _project.Names());
    }

    [Fact]
    public async Task Encode_Map_IsForTheOwnerAloneAndHoldsTheHandlesOfTheFile()
    {
        await _project.EncodeRows("health", Project.Rows(0, 5));

        string map = _project.PathOf("health.map.csv");
        using EncodedFile file = EncodedFile.Open(_project.PathOf("health.lke"));
        IEnumerable<string> handles =
            Enumerable.Range(0, 5).Select(i => Convert.ToHexStringLower(file.Merge.Handle(i)));
        Assert.Equal(handles.ToHashSet(), ReadAll(map).Skip(1).Select(row => row[0]).ToHashSet());
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(map) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Encode_Json_TellsTheSameAsTheHeader()
    {
        _project.Write("health.csv", Project.Header + Project.Rows(0, 3) + "r9,,,,,,,,\n");

        ToolRun run = await _project.Encode("health", "--id-column", "id", "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement root = json.RootElement;
        Assert.Equal(4, root.GetProperty("records").GetInt32());
        Assert.Equal(1, root.GetProperty("unusable_records").GetInt32());
        Assert.Equal("ymd", root.GetProperty("date_order").GetString());
        Assert.Equal("standard", root.GetProperty("profile").GetString());
        Assert.Equal(3, root.GetProperty("fields")[0].GetProperty("present").GetInt32());
        Assert.Equal(1, root.GetProperty("passes")[0].GetProperty("without_key").GetInt32());
        Assert.Equal(
            $"warning: 1 records have no usable field and cannot be linked{Environment.NewLine}", run.Errors);
    }

    [Fact]
    public async Task Encode_OddRecords_WarnsWithCountsAndNeverAValue()
    {
        _project.Write(
            "health.csv",
            Project.Header
            + $"r1,{Canary},{new string('x', 300)},1980-13-45,F,,,,\n"
            + $"r2,{Canary},B,1980-05-17,F,,,,\n");

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        string[] warnings =
        [
            "warning: field dob: 1 values hold no date that exists",
            "warning: field last_name: 1 values are too long and were cut",
            "warning: field phone: no record has a usable value",
            "warning: pass phone: no record has all parts of the key",
        ];
        Assert.All(warnings, warning => Assert.Contains(warning, run.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, run.Output + run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Encode_TooManyInABlock_WarnsOfDroppedBlocks()
    {
        string rows = string.Concat(Enumerable.Range(0, 51).Select(i => $"r{i},A{i},B,1980-05-17,F,,,,\n"));
        _project.Write("health.csv", Project.Header + rows);

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        Assert.Contains(
            "warning: pass dob: 1 blocks with 51 records (100.0 %) are over the block limit and were dropped",
            run.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_OtherProfile_GivesTheFingerprintOfASchemaWithItAndABanner()
    {
        _project.Write("health.csv", Project.Header + Row);
        LinkageSchema research = LinkageSchema.Load(_project.Schema) with { Profile = ProtectionProfile.Research };
        string expected = LinkageSchema.Parse(research.ToUtf8Json()).EncodingFingerprint;

        ToolRun run = await _project.Encode("health", "--id-column", "id", "--profile", "research");

        using EncodedFile file = EncodedFile.Open(_project.PathOf("health.lke"));
        Assert.Equal(expected, file.Header.Schema.EncodingFingerprint);
        Assert.Contains("warning: PROFILE RESEARCH", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1980-05-17", null, "ymd")]
    [InlineData("17/05/1980", null, "dmy")]
    [InlineData("05/17/1980", null, "mdy")]
    [InlineData("05/06/1980", "dmy", "dmy")]
    [InlineData("17 May 1980", null, "ymd")]
    [InlineData("", null, "ymd")]
    public async Task Encode_Dates_AreReadInTheOrderTheyHaveOrAreToldToHave(string date, string? told, string order)
    {
        _project.Write("health.csv", Project.Header + Row.Replace("1980-05-17", date, StringComparison.Ordinal));
        string columns = _project.Write("c.json", told is null ? "{}" : $$"""{"dateOrder":"{{told}}"}""");

        ToolRun run = await _project.Encode("health", "--id-column", "id", "--columns", columns, "--json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(order, json.RootElement.GetProperty("date_order").GetString());
        JsonElement dob = json.RootElement.GetProperty("fields")[2];
        Assert.Equal(0, dob.GetProperty("invalid_dates").GetInt32());
        Assert.Equal(date.Length > 0 ? 1 : 0, dob.GetProperty("present").GetInt32());
    }

    [Theory]
    [InlineData("05/06/1980")]
    [InlineData("05-Jun-80")]
    [InlineData("80-12-31")]
    public async Task Encode_DatesThatMayBeReadInTwoWays_AreRefusedWithAdvice(string date)
    {
        _project.Write("health.csv", Project.Header + Row.Replace("1980-05-17", date, StringComparison.Ordinal));

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        AssertRefused(run, ExitCode.BadInput, "\"dateOrder\": \"dmy\"");
    }

    [Fact]
    public async Task Encode_DateInThreeColumns_IsTheDateWhateverTheOrder()
    {
        const string Header = "id,first_name,last_name,Y,M,D,sex,address,zip,ssn4,phone\n";
        _project.Write(
            "health.csv", Header + "a,Ann,Lee,1980,5,6,F,,,,\nb,Bob,Ray,80,5,6,M,,,,\nc,Cy,Roe,1980,,,M,,,,\n");
        _project.Write("other.csv", Project.Header + "a,Ann,Lee,06.05.1980,F,,,,\nb,Bob,Ray,06.05.1981,M,,,,\n");
        string parts = _project.Write(
            "c.json", """{"dateOrder":"mdy","fields":{"dob":{"year":"Y","month":"M","day":"D"}}}""");
        string dayFirst = _project.Write("d.json", """{"dateOrder":"dmy"}""");

        ToolRun three = await _project.Encode("health", "--id-column", "id", "--columns", parts, "--json");
        ToolRun one = await _project.Encode("other", "--id-column", "id", "--columns", dayFirst);

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (three.ExitCode, one.ExitCode));
        using JsonDocument json = JsonDocument.Parse(three.Output);
        JsonElement dob = json.RootElement.GetProperty("fields")[2];
        Assert.Equal((3, 0), (dob.GetProperty("present").GetInt32(), dob.GetProperty("invalid_dates").GetInt32()));
        Assert.Equal(1, SharedTokens("health.lke", "other.lke", pass: 0));
    }

    [Fact]
    public async Task Encode_FieldMappedToNull_CountsAsMissing()
    {
        _project.Write("health.csv", NoPhone);
        string columns = _project.Write("c.json", """{"id":"id","fields":{"phone":null}}""");

        ToolRun run = await _project.Encode("health", "--columns", columns);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        using EncodedFile file = EncodedFile.Open(_project.PathOf("health.lke"));
        Assert.Equal(0, file.Header.Fields[7].Present);
    }

    [Fact]
    public async Task Encode_FieldWithoutColumn_IsRefusedByName()
    {
        _project.Write("health.csv", NoPhone);

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        AssertRefused(run, ExitCode.BadInput, "field 'phone' has no column: 'phone' is missing from the header row");
    }

    [Fact]
    public async Task Encode_EveryFieldMappedToNull_IsRefused()
    {
        _project.Write("health.csv", "id\nr1\n");
        string[] fields = [.. LinkageSchema.Load(_project.Schema).Fields.Select(field => $"\"{field.Name}\":null")];
        string columns = _project.Write("c.json", $"{{\"fields\":{{{string.Join(',', fields)}}}}}");

        ToolRun run = await _project.Encode("health", "--id-column", "id", "--columns", columns);

        AssertRefused(run, ExitCode.BadInput, "every field of the schema is mapped to null");
    }

    [Fact]
    public async Task Encode_TruthColumn_IsRefusedByPolicy()
    {
        _project.Write("health.csv", Project.Header.Replace("phone", "truth_phone", StringComparison.Ordinal) + Row);
        string columns = _project.Write("c.json", """{"fields":{"phone":"truth_phone"}}""");

        ToolRun run = await _project.Encode("health", "--id-column", "id", "--columns", columns);

        AssertRefused(run, ExitCode.Refused, "holds true answers and is never encoded");
    }

    [Theory]
    [InlineData("r1," + Canary + ",,,,,,,\nr1,x,,,,,,,\n", "row 2 (line 3), column 'id': the id is the same as in row")]
    [InlineData("," + Canary + ",,,,,,,\n", "row 1 (line 2), column 'id': the id is empty")]
    [InlineData("r1," + Canary + "\n", "row 1 (line 2): 2 cells where the header row has 9 columns")]
    [InlineData("", "no data rows after the header row")]
    public async Task Encode_MalformedRecords_AreRefusedWithTheirPlace(string rows, string problem)
    {
        _project.Write("health.csv", Project.Header + rows);

        AssertRefused(await _project.Encode("health", "--id-column", "id"), ExitCode.BadInput, problem);
    }

    [Fact]
    public async Task Encode_KeyReadableByOthers_IsRefusedByPolicy()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // rights are the directory's there
        }

        _project.Write("health.csv", Project.Header + Row);
        File.SetUnixFileMode(_project.Key, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        AssertRefused(run, ExitCode.Refused, "others may read this key");
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("""{"format":"linkage-key/1","project":"p","keyId":"0123456789abcdef","epoch":99999999999}""")]
    public async Task Encode_MalformedKey_IsBadInputWithoutItsContent(string content)
    {
        _project.Write("health.csv", Project.Header + Row);
        File.WriteAllText(_project.Key, content);

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        AssertRefused(run, ExitCode.BadInput, $"{_project.Key}: is not a whole key file");
    }

    [Theory]
    [InlineData("a party")]
    [InlineData("")]
    public async Task Encode_PartyWithoutProperName_IsWrongUse(string party)
    {
        _project.Write("health.csv", Project.Header + Row);

        ToolRun run = await ToolRun.Of(
            "encode", "--schema", _project.Schema, "--key", _project.Key, "--party", party,
            "--in", _project.PathOf("health.csv"), "--id-column", "id",
            "--out", _project.PathOf("health.lke"), "--map", _project.PathOf("health.map.csv"));

        AssertRefused(run, ExitCode.WrongUse, "error: ");
    }

    [Theory]
    [InlineData("--id-column", "nope", ExitCode.BadInput)]
    [InlineData("--columns", "none.json", ExitCode.BadInput)]
    [InlineData("--profile", "strong", ExitCode.WrongUse)]
    [InlineData("--json", null, ExitCode.WrongUse)]
    public async Task Encode_WrongOption_HasItsCode(string option, string? value, int code)
    {
        _project.Write("health.csv", Project.Header + Row);

        ToolRun run = await _project.Encode("health", value is null ? [option] : [option, value]);

        AssertRefused(run, code, "error: ");
    }

    [Theory]
    [InlineData("people.schema.json", "m.csv")]
    [InlineData("project.key", "m.csv")]
    [InlineData("health.csv", "m.csv")]
    [InlineData("o.lke", "health.csv")]
    [InlineData("o.lke", "project.key")]
    [InlineData("o.lke", "o.lke")]
    public async Task Encode_OutputWouldReplaceAnInputOrTheOther_IsWrongUse(string output, string map)
    {
        _project.Write("health.csv", Project.Header + Row);
        byte[][] before = [.. _project.Names().Select(name => File.ReadAllBytes(_project.PathOf(name)))];

        ToolRun run = await ToolRun.Of(
            "encode", "--schema", _project.Schema, "--key", _project.Key, "--party", "health",
            "--in", _project.PathOf("health.csv"), "--id-column", "id",
            "--out", _project.PathOf(output), "--map", _project.PathOf(map));

        AssertRefused(run, ExitCode.WrongUse, "error: ");
        Assert.Equal(before, _project.Names().Select(name => File.ReadAllBytes(_project.PathOf(name))));
    }

    [Fact]
    public async Task Encode_RefusedOverOlderOutputs_LeavesThem()
    {
        await _project.EncodeRows("health", Row);
        byte[] older = File.ReadAllBytes(_project.PathOf("health.lke"));
        _project.Write("health.csv", Project.Header + Row + Row);

        ToolRun run = await _project.Encode("health", "--id-column", "id");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal(older, File.ReadAllBytes(_project.PathOf("health.lke")));
        Assert.Equal(
            ["health.csv", "health.lke", "health.map.csv", "people.schema.json", "project.key"], _project.Names());
    }

    private int SharedTokens(string first, string second, int pass)
    {
        using EncodedFile a = EncodedFile.Open(_project.PathOf(first));
        using EncodedFile b = EncodedFile.Open(_project.PathOf(second));
        static HashSet<UInt128> Tokens(EncodedPass rows) =>
            [.. Enumerable.Range(0, rows.RowCount).Select(rows.Token)];
        return Tokens(a.Passes[pass]).Intersect(Tokens(b.Passes[pass])).Count();
    }

    private void AssertRefused(ToolRun run, int code, string problem)
    {
        Assert.Equal((code, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_project.Names(), name => name.EndsWith(".tmp", StringComparison.Ordinal)
            || name.EndsWith(".lke", StringComparison.Ordinal) || name.EndsWith(".map.csv", StringComparison.Ordinal));
    }
}
