using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Synthetic;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class PeopleCsvTests
{
    private const string Header = "rec_id,first_name,middle_name,last_name,suffix,dob,sex,address,city,state,zip,ssn4,"
        + "phone,truth_person_id,truth_household_id,truth_group,truth_errors";

    private static readonly SyntheticRecord Empty = new()
    {
        RecId = "",
        FirstName = "",
        MiddleName = "",
        LastName = "",
        Suffix = "",
        Dob = "",
        Sex = "",
        Address = "",
        City = "",
        State = "",
        Zip = "",
        Ssn4 = "",
        Phone = "",
        TruthPersonId = "",
        TruthHouseholdId = "",
        TruthGroup = "",
        TruthErrors = "",
    };

    [Fact]
    public void Write_NoRecords_GivesTheHeaderOfTheContract() => Assert.Equal(Header + "\n", Text([]));

    [Fact]
    public void Write_PlainCells_ArePlacedUnderTheirColumns()
    {
        SyntheticRecord record = new()
        {
            RecId = "1",
            FirstName = "2",
            MiddleName = "3",
            LastName = "4",
            Suffix = "5",
            Dob = "6",
            Sex = "7",
            Address = "8",
            City = "9",
            State = "10",
            Zip = "11",
            Ssn4 = "12",
            Phone = "13",
            TruthPersonId = "14",
            TruthHouseholdId = "15",
            TruthGroup = "16",
            TruthErrors = "17",
        };

        Assert.Equal($"{Header}\n1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17\n", Text([record]));
        Assert.Equal(SyntheticRecord.ColumnNames.Count, record.ToCells().Count);
        Assert.Equal("17", record.ToCells()[^1]);
    }

    [Fact]
    public void Write_SpecialCharacters_AreQuoted() =>
        Assert.Equal(
            Header + "\n,\"a\"\"b\",,\"c,d\",\"e\nf\",\"g\rh\",,,,,,,,,,,\n",
            Text([Empty with { FirstName = "a\"b", LastName = "c,d", Suffix = "e\nf", Dob = "g\rh" }]));

    [Fact]
    public void Write_AnyText_ReadsBack() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((first, last) =>
        {
            string text = Text([Empty with { RecId = first.Get, TruthErrors = last.Get }]);
            List<string> cells = Parse(text[(Header.Length + 1)..]);
            return cells.Count == 17 && cells[0] == first.Get && cells[^1] == last.Get;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_Stream_IsUtf8WithoutMarkAndStaysOpen()
    {
        using MemoryStream stream = new();

        PeopleCsv.Write(stream, [Empty with { FirstName = "É" }]);

        Assert.True(stream.CanWrite);
        Assert.Equal(Encoding.UTF8.GetBytes(Header + "\n,É,,,,,,,,,,,,,,,\n"), stream.ToArray());
    }

    [Fact]
    public void Write_WriterWithOtherLineEnds_StillEndsInLineFeed()
    {
        using StringWriter writer = new() { NewLine = "\r\n" };

        PeopleCsv.Write(writer, []);

        Assert.Equal(Header + "\n", writer.ToString());
    }

    [Fact]
    public void ToString_Record_ShowsNoValue() =>
        Assert.Equal("SyntheticRecord", (Empty with { FirstName = "x", RecId = "y" }).ToString());

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public void GetCell_NoSuchColumn_Throws(int column) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Empty.GetCell(column));

    private static string Text(IEnumerable<SyntheticRecord> records)
    {
        using StringWriter writer = new();
        PeopleCsv.Write(writer, records);
        return writer.ToString();
    }

    // A reader for one row, by the grammar of RFC 4180, section 2.
    private static List<string> Parse(string row)
    {
        List<string> cells = [];
        int at = 0;
        while (at < row.Length)
        {
            StringBuilder cell = new();
            if (row[at] == '"')
            {
                for (at++; row[at] != '"' || row[at + 1] == '"'; at++)
                {
                    at += row[at] == '"' ? 1 : 0;
                    cell.Append(row[at]);
                }

                at++;
            }

            for (; row[at] is not (',' or '\n'); at++)
            {
                cell.Append(row[at]);
            }

            cells.Add(cell.ToString());
            at++;
        }

        return cells;
    }
}
