using System.Globalization;
using System.Text;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Proposal;

public sealed class SchemaInitTests : IDisposable
{
    private const string Header = "client_no,first_name,last_name,dob,zip,phone,truth_id";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Init_PeopleFile_WritesAValidSchemaNamedAfterTheColumns()
    {
        ToolRun run = await Init(People(Header));

        LinkageSchema schema = LinkageSchema.Load(_directory.PathOf("s.json"));
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(["first_name", "last_name", "dob", "zip", "phone"], schema.Fields.Select(field => field.Name));
        Assert.Equal(120, schema.Population);
        Assert.Equal(["zip", "phone"], Assert.Single(schema.Groups).Fields);
        Assert.Contains("passes (expected pairs a record", run.Output, StringComparison.Ordinal);
        Assert.Contains("predicted completeness: 0.", run.Output, StringComparison.Ordinal);
        Assert.Contains("column 'truth_id': left out", run.Errors, StringComparison.Ordinal);
        Assert.Contains("column 'client_no': left out", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_AnyCell_IsNeverPrintedOrStored()
    {
        ToolRun run = await Init(People(Header));

        Assert.DoesNotContain(Canary, run.Output + run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            Canary, File.ReadAllText(_directory.PathOf("s.json")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Init_SameFileTwice_WritesTheSameSchema()
    {
        ToolRun first = await Init(People(Header));
        byte[] schema = File.ReadAllBytes(_directory.PathOf("s.json"));
        ToolRun second = await Init(People(Header));

        Assert.Equal(first, second);
        Assert.Equal(schema, File.ReadAllBytes(_directory.PathOf("s.json")));
    }

    [Fact]
    public async Task Init_Options_AreInTheSchema()
    {
        await Init(
            People(Header), "--population", "70000", "--parties", "3", "--name", "trial", "--profile", "research",
            "--exclude", "zip,PHONE");

        LinkageSchema schema = LinkageSchema.Load(_directory.PathOf("s.json"));
        Assert.Equal(
            (70_000, 3, "trial", ProtectionProfile.Research),
            (schema.Population, schema.Parties, schema.Name, schema.Profile));
        Assert.Equal(["first_name", "last_name", "dob"], schema.Fields.Select(field => field.Name));
    }

    [Fact]
    public async Task Init_SwappedNames_KeysTheNamesAlikeAndChangesNothingElse()
    {
        await Init(People(Header));
        LinkageSchema without = LinkageSchema.Load(_directory.PathOf("s.json"));
        ToolRun run = await Init(People(Header), "--swapped-names");
        LinkageSchema with = LinkageSchema.Load(_directory.PathOf("s.json"));

        Assert.Equal(without.WithSwappedNames().LinkageFingerprint, with.LinkageFingerprint);
        Assert.Equal("first_name", with.Fields[1].KeyedAs);
        Assert.Contains("compared jointly: first_name, last_name", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_SwappedNamesWithoutTwoNames_IsRefused()
    {
        ToolRun run = await Init(People(Header), "--swapped-names", "--exclude", "first_name");

        Assert.NotEqual(ExitCode.Ok, run.ExitCode);
        Assert.False(File.Exists(_directory.PathOf("s.json")));
        Assert.Contains("there must be a given name and a family name", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_IdColumnThatLooksLikeAField_IsNone()
    {
        await Init(People(Header), "--id-column", "phone");

        Assert.Equal(-1, LinkageSchema.Load(_directory.PathOf("s.json")).IndexOfField("phone"));
    }

    [Fact]
    public async Task Init_ColumnsFile_GivesFieldsTheirNamesAndJoinsDates()
    {
        string columns = _directory.Write(
            "m.json", """{"fields":{"given_name":"c1","dob":{"year":"c2","month":"c3","day":"c4"}}}""");
        StringBuilder csv = new("c1;c2;c3;c4\n");
        for (int i = 0; i < 60; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{Letter(i)}nna;{1940 + i};{1 + (i % 12)};{1 + (i % 28)}\n");
        }

        ToolRun run = await Init(csv.ToString(), "--columns", columns);

        LinkageSchema schema = LinkageSchema.Load(_directory.PathOf("s.json"));
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(["given_name", "dob"], schema.Fields.Select(field => field.Name));
        Assert.Contains(schema.Passes, pass => pass.Key.SequenceEqual(["Dx"]));
    }

    [Fact]
    public async Task Init_DatesWithTheDayFirst_AreReadInThatOrder()
    {
        // Read as year, month, day these give no date and so no pass on it.
        StringBuilder csv = new("first_name,surname,dob\n");
        for (int i = 0; i < 60; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{Letter(i)}nn,{Letter(i / 2)}son,");
            csv.Append(CultureInfo.InvariantCulture, $"{13 + (i % 15)}/{1 + (i % 12)}/{1940 + i}\n");
        }

        await Init(csv.ToString());

        LinkageSchema schema = LinkageSchema.Load(_directory.PathOf("s.json"));
        Assert.Contains(schema.Passes, pass => pass.Key.SequenceEqual(["Dx"]));
    }

    [Theory]
    [InlineData(Canary + ",12 Main Street,Springfield", "no column of the header row")]
    [InlineData("xyzzy,plugh,frob", "no column of the header row")]
    public async Task Init_HeaderUnknown_IsRefusedWithoutQuotingIt(string header, string problem)
    {
        ToolRun run = await Init($"{header}\na,b,c\nd,e,f\n");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, run.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.csv"], _directory.Names());
    }

    [Fact]
    public async Task Init_NothingToBlockOn_IsBadInput()
    {
        ToolRun run = await Init("first_name,sex\nAnn,F\nBob,M\n");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("do not allow any pass", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.csv"], _directory.Names());
    }

    [Theory]
    [InlineData("--population", "0", ExitCode.WrongUse)]
    [InlineData("--parties", "61", ExitCode.WrongUse)]
    [InlineData("--profile", "none", ExitCode.WrongUse)]
    [InlineData("--exclude", "nothing", ExitCode.BadInput)]
    [InlineData("--id-column", "nothing", ExitCode.BadInput)]
    public async Task Init_OptionOutOfRange_IsRefused(string option, string value, int code)
    {
        ToolRun run = await Init(People(Header), option, value);

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(["a.csv"], _directory.Names());
    }

    [Fact]
    public async Task Init_OutputIsTheInput_IsWrongUse()
    {
        string path = _directory.Write("a.csv", People(Header));

        ToolRun run = await ToolRun.Of("schema", "init", "--from", path, "--out", path);

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Equal(People(Header), File.ReadAllText(path));
    }

    private Task<ToolRun> Init(string csv, params string[] options) => ToolRun.Of(
    [
        "schema", "init", "--from", _directory.Write("a.csv", csv), "--out", _directory.PathOf("s.json"), .. options,
    ]);

    private static string People(string header)
    {
        StringBuilder csv = new($"{header}\n");
        for (int i = 0; i < 120; i++)
        {
            string family = i % 9 == 0 ? Canary : $"{Letter(i / 3)}{Letter(i)}son";
            csv.Append(CultureInfo.InvariantCulture, $"{i},{Letter(i)}nn,{family},");
            csv.Append(CultureInfo.InvariantCulture, $"{1900 + i}-{1 + (i % 12):00}-{1 + (i % 28):00},");
            csv.Append(CultureInfo.InvariantCulture, $"{10_000 + (i / 2)},");
            csv.Append(CultureInfo.InvariantCulture, $"617-555-{i:0000},{i}\n");
        }

        return csv.ToString();
    }

    private static char Letter(int i) => (char)('A' + (i % 26));
}
