using Linkage.Cli.Input;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Input;

public sealed class ColumnMapTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Resolve_OwnNamesInAnyOrder_AreFound()
    {
        ColumnMap map = Resolve("name,id,sex", ["sex", "name"], null, "id");

        Assert.Equal(1, map.IdColumn);
        Assert.Equal([new FieldColumns(2, -1, -1, -1), new FieldColumns(0, -1, -1, -1)], map.Fields);
    }

    [Fact]
    public void Resolve_ColumnsFile_RenamesSplitsAndNamesTheId()
    {
        ColumnsFile columns = Columns("name", FieldSource.InOneColumn("Vorname")) with { Id = "Nr" };
        columns = columns with
        {
            Fields = new Dictionary<string, FieldSource>(columns.Fields) { ["dob"] = new(null, "J", "M", "T") },
        };

        ColumnMap map = Resolve("T,M,J,Vorname,sex,Nr", ["dob", "name", "sex"], columns, null);

        Assert.Equal(5, map.IdColumn);
        Assert.Equal([new(-1, 2, 1, 0), new(3, -1, -1, -1), new(4, -1, -1, -1)], map.Fields);
        Assert.Equal([true, false, false], map.Fields.Select(field => field.IsThreeColumns));
    }

    [Fact]
    public void Resolve_IdOfTheCommandLine_GoesBeforeTheOneOfTheFile() =>
        Assert.Equal(1, Resolve("Nr,key", [], Columns() with { Id = "Nr" }, "key").IdColumn);

    [Fact]
    public void Resolve_NoId_IsMinusOne() => Assert.Equal(-1, Resolve("name", ["name"], null, null).IdColumn);

    [Fact]
    public void Resolve_OtherLetterCase_IsFoundWhenOnlyOne()
    {
        Assert.Equal(0, Resolve("NAME,id", ["name"], null, "id").Fields[0].Whole);
        Assert.Equal(1, Resolve("NAME,name", ["name"], null, null).Fields[0].Whole);
        Assert.Throws<InputException>(() => Resolve("NAME,Name", ["name"], null, null));
    }

    [Fact]
    public void Resolve_MissingColumn_IsBadInputThatNamesFieldAndColumn()
    {
        InputException exception = Assert.Throws<InputException>(
            () => Resolve("id,x", ["name"], Columns("name", FieldSource.InOneColumn("Vorname")), "id"));

        Assert.Contains(
            ": field 'name' has no column: 'Vorname' is missing from the header row;",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_MissingIdColumn_IsBadInputThatNamesIt()
    {
        InputException exception = Assert.Throws<InputException>(() => Resolve("id,x", ["x"], null, "key"));

        Assert.EndsWith("column 'key' is missing from the header row", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id")]
    [InlineData(null)]
    public void Resolve_HeaderOfOneColumn_AsksForTheDelimiter(string? id)
    {
        InputException exception = Assert.Throws<InputException>(() => Resolve("id^name", ["name"], null, id));

        Assert.EndsWith(
            "; the header row has one column only, so the delimiter may have to be named in the columns file",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_AbsentField_HasNoColumnsEvenIfOneHasItsName()
    {
        FieldColumns absent = Resolve("id,name", ["name"], Columns("name", FieldSource.Absent), "id").Fields[0];

        Assert.Equal((true, false), (absent.IsAbsent, absent.IsThreeColumns));
    }

    [Fact]
    public void Resolve_FieldUnknownToTheSchema_IsBadInputOfTheColumnsFile()
    {
        InputException exception = Assert.Throws<InputException>(
            () => Resolve("id,x", ["x"], Columns("nmae", FieldSource.InOneColumn("x")), "id"));

        Assert.Equal("m.json: field 'nmae' is not a field of the schema", exception.Message);
    }

    [Theory]
    [InlineData("truth_person_id")]
    [InlineData("Truth_Group")]
    public void Resolve_TruthColumn_IsRefusedByPolicyHoweverMapped(string column)
    {
        Action[] ways =
        [
            () => Resolve($"id,{column}", [column], null, "id"),
            () => Resolve($"id,{column}", ["name"], Columns("name", FieldSource.InOneColumn(column)), "id"),
            () => Resolve($"id,{column}", ["dob"], Columns("dob", new FieldSource(null, "id", "id", column)), "id"),
            () => Resolve($"id,{column}", ["name"], Columns("name", FieldSource.InOneColumn($" {column}")), "id"),
        ];

        Assert.All(ways, way =>
        {
            PolicyException exception = Assert.Throws<PolicyException>(way);
            Assert.Equal(ExitCode.Refused, Failure.From(exception).ExitCode);
        });
    }

    private ColumnMap Resolve(string header, string[] fields, ColumnsFile? columns, string? id)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(
            _directory.Write("a.csv", header + "\n"), new CsvReadOptions { Delimiter = ',' });
        return ColumnMap.Resolve(reader, fields, columns, id);
    }

    private static ColumnsFile Columns() => new() { File = "m.json" };

    private static ColumnsFile Columns(string field, FieldSource source) =>
        Columns() with { Fields = new Dictionary<string, FieldSource> { [field] = source } };
}
