using System.Text;
using Linkage.Cli.Input;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Input;

public sealed class CsvRecordReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_ByteOrderMark_IsNotPartOfTheFirstName() =>
        AssertReads("\uFEFFid,name\n1,Ann\n", ["id", "name"], ["1", "Ann"]);

    [Fact]
    public void Read_ByteOrderMarkBeforeQuote_IsNotPartOfTheFirstName() =>
        AssertReads("\uFEFF\"id\",name\n1,Ann\n", ["id", "name"], ["1", "Ann"]);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_AnyLineEnd_EndsTheRow(string newLine) =>
        AssertReads($"id,name{newLine}1,Ann{newLine}2,Bob", ["id", "name"], ["1", "Ann"], ["2", "Bob"]);

    [Fact]
    public void Read_QuotedDelimitersQuotesAndLineEnds_ArePartOfTheCell() =>
        AssertReads("id,name\n1,\"a,\"\"b\"\"\r\nc\"\n", ["id", "name"], ["1", "a,\"b\"\r\nc"]);

    [Fact]
    public void Read_QuoteInsideUnquotedCell_IsOrdinary() =>
        AssertReads("id,height,name\n1,5' 6\",\"x\"\n", ["id", "height", "name"], ["1", "5' 6\"", "x"]);

    [Fact]
    public void Read_BlankLines_AreNoRows() =>
        AssertReads("id,name\n\n1,Ann\n\n\n", ["id", "name"], ["1", "Ann"]);

    [Fact]
    public void Read_BlanksAroundNames_AreRemovedFromNamesOnly() =>
        AssertReads("id, name \n1, Ann \n", ["id", "name"], ["1", " Ann "]);

    [Fact]
    public void Read_TextBeyondTheBasicPlane_IsWhole() =>
        AssertReads("id,name\n1,𝒜é\n", ["id", "name"], ["1", "𝒜é"]);

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Delimiter_NotNamed_IsDetected(char delimiter)
    {
        char other = delimiter == ',' ? ';' : ',';
        string path = _directory.Write("a.csv", $"id{delimiter}amount{delimiter}note\n"
            + $"1{delimiter}2{other}5{delimiter}x\n"
            + $"2{delimiter}25{delimiter}\"y{other}z\"\n"
            + $"3{delimiter}7{other}1{delimiter}\n");

        Assert.Equal(
            [["id", "amount", "note"], ["1", $"2{other}5", "x"], ["2", "25", $"y{other}z"], ["3", $"7{other}1", ""]],
            CsvFiles.ReadAll(path));
    }

    [Fact]
    public void Delimiter_Named_IsNotDetected()
    {
        string path = _directory.Write("a.csv", "id,x#name\n1,2#Ann\n");

        Assert.Equal(
            [["id,x", "name"], ["1,2", "Ann"]], CsvFiles.ReadAll(path, new CsvReadOptions { Delimiter = '#' }));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('7')]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('§')]
    public void Delimiter_ThatCannotSeparate_IsWrongUse(char delimiter)
    {
        string path = _directory.Write("a.csv", "id\n1\n");

        Assert.Equal(ExitCode.WrongUse, CsvFiles.Refusal(path, new CsvReadOptions { Delimiter = delimiter }).ExitCode);
    }

    [Theory]
    [InlineData("latin1")]
    [InlineData("windows-1252")]
    [InlineData("utf-8")]
    public void Encoding_Named_IsUsed(string encoding)
    {
        Assert.True(TextEncodings.TryFind(encoding, out Encoding found));
        string path = _directory.Write("a.csv", found.GetBytes("id,name\n1,Müller\n"));

        Assert.Equal(
            [["id", "name"], ["1", "Müller"]], CsvFiles.ReadAll(path, new CsvReadOptions { Encoding = encoding }));
    }

    [Fact]
    public void Encoding_Utf16WithMarkAndName_IsUsed()
    {
        string path = _directory.Write(
            "a.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("id,name\n1,Müller\n")]);

        Assert.Equal(
            [["id", "name"], ["1", "Müller"]], CsvFiles.ReadAll(path, new CsvReadOptions { Encoding = "utf-16" }));
    }

    [Fact]
    public void RowAndLine_AfterQuotedLineEndsAndBlankLines_CountRowsAndLinesApart()
    {
        string path = _directory.Write("a.csv", "\"i\nd\",name\n1,\"a\nb\r\nc\"\n\n2,x\r\n3,y");
        using CsvRecordReader reader = CsvRecordReader.Open(path, CsvReadOptions.Default);
        List<(long Row, long Line)> places = [];
        while (reader.Read())
        {
            places.Add((reader.RowNumber, reader.LineNumber));
        }

        Assert.Equal([(1, 3), (2, 7), (3, 8)], places);
    }

    [Fact]
    public void Cells_OfOneRow_StayValidTogether()
    {
        string path = _directory.Write("a.csv", "a,b,c\nxx,,zzz\n");
        using CsvRecordReader reader = CsvRecordReader.Open(path, CsvReadOptions.Default);
        Assert.True(reader.Read());
        ReadOnlySpan<char> first = reader[0];
        ReadOnlySpan<char> second = reader[1];
        ReadOnlySpan<char> third = reader[2];

        Assert.Equal(("xx", "", "zzz"), (first.ToString(), second.ToString(), third.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetString(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetString(-1));
    }

    [Fact]
    public void Share_FromStartToEnd_GrowsToOne()
    {
        string path = _directory.Write("a.csv", "id,name\n" + string.Concat(Enumerable.Repeat("1,Ann\n", 100)));
        using CsvRecordReader reader = CsvRecordReader.Open(path, CsvReadOptions.Default);
        double last = 0;
        while (reader.Read())
        {
            Assert.InRange(reader.Share, last, 1);
            last = reader.Share;
        }

        Assert.InRange(last, 0.95, 1);
    }

    private void AssertReads(string text, params string[][] table) =>
        Assert.Equal(table, CsvFiles.ReadAll(_directory.Write("a.csv", text)));
}
