using System.Text;
using Linkage.Cli.Input;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Input;

/// <summary>Every refusal has its place and its exit code, and repeats no cell.</summary>
public sealed class CsvRefusalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_NoFile_IsBadInput()
    {
        string path = _directory.PathOf("none.csv");

        Assert.Equal(new Failure(ExitCode.BadInput, $"{path}: no such file"), Refusal(path));
    }

    [Fact]
    public void Open_NoDirectory_IsBadInput()
    {
        string path = _directory.PathOf("none/none.csv");

        Assert.Equal(new Failure(ExitCode.BadInput, $"{path}: no such file"), Refusal(path));
    }

    [Fact]
    public void Open_Directory_IsBadInput() =>
        Assert.Equal(
            new Failure(ExitCode.BadInput, $"{_directory.Root}: is a directory, not a file"), Refusal(_directory.Root));

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\n")]
    public void Open_EmptyFile_IsRefused(string text) =>
        AssertRefused(text, "the file is empty; a header row is needed");

    [Theory]
    [InlineData("id,name")]
    [InlineData("id,name\n\n")]
    public void Read_HeaderOnly_IsRefused(string text) => AssertRefused(text, "no data rows after the header row");

    [Fact]
    public void Open_DuplicateName_IsRefusedByPosition() =>
        AssertRefused(
            $"id,{Canary}, {Canary}\n1,2,3\n", "header row (line 1), column 3: has the same name as column 2");

    [Fact]
    public void Open_NoNames_IsRefused() => AssertRefused(" , \n1,2\n", "header row (line 1): no column has a name");

    [Theory]
    [InlineData("1990-01-02")]
    [InlineData("617-454-5466")]
    [InlineData("000123456")]
    public void Open_DataInFirstRow_IsRefused(string cell) => AssertRefused(
        $"{Canary},{cell}\n{Canary},{cell}\n",
        "header row (line 1), column 2: looks like data, not like a column's name; a header row is needed");

    [Fact]
    public void Open_YearsAndUnnamedColumns_AreNames() =>
        Assert.Equal(["", "2019", "", "id"], ReadAll(_directory.Write("a.csv", ",2019,,id\n1,2,3,4\n"))[0]);

    [Fact]
    public void Resolve_MissingColumn_IsRefused() =>
        AssertRefused($"name,{Canary}\n{Canary},1\n", "column 'id' is missing from the header row");

    [Theory]
    [InlineData(Canary, 1)]
    [InlineData("3,4," + Canary, 3)]
    public void Read_RaggedRow_IsRefused(string row, int cells) => AssertRefused(
        $"id,name\n1,x\n{row}\n", $"row 2 (line 3): {cells} cells where the header row has 2 columns");

    [Fact]
    public void Read_RowAfterQuotedLineEnd_IsNamedByRowAndLine() => AssertRefused(
        $"id,name\n1,\"a\nb\n{Canary}\"\n2\n", "row 2 (line 5): 1 cells where the header row has 2 columns");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\"\"")]
    public void Add_EmptyId_IsRefused(string id) =>
        AssertRefused($"name,id\n{Canary},1\n{Canary},{id}\n", "row 2 (line 3), column 'id': the id is empty");

    [Fact]
    public void Add_DuplicateId_IsRefused() => AssertRefused(
        $"id,name\n{Canary},1\nx,2\n\"{Canary}\",3\n", "row 3 (line 4), column 'id': the id is the same as in row 1");

    [Fact]
    public void Read_InvalidUtf8_IsRefusedWithOffset() => AssertRefused(
        [.. Bytes($"id,name\n1,x\n2,{Canary}é"), 0xC3, .. Bytes(",\n")],
        $"row 2 (line 3), column 'name': bytes that are not UTF-8 at byte offset {8 + 4 + 2 + Canary.Length + 2}");

    [Fact]
    public void Read_Latin1AsUtf8_IsRefusedWithOffsetAfterMark() => AssertRefused(
        [0xEF, 0xBB, 0xBF, .. Bytes("id,name\n1,M"), 0xFC, .. Bytes($"{Canary}\n")],
        "row 1 (line 2), column 'name': bytes that are not UTF-8 at byte offset 14");

    [Fact]
    public void Open_InvalidUtf8InHeader_IsRefused() => AssertRefused(
        [.. Bytes($"{Canary},"), 0xFF, .. Bytes("\n1,2\n")],
        $"header row (line 1), column 2: bytes that are not UTF-8 at byte offset {Canary.Length + 1}");

    [Fact]
    public void Read_Nul_IsRefused() => AssertRefused(
        $"id,name\n1,\"{Canary}\0\"\n",
        $"row 1 (line 2), column 'name': a NUL character at byte offset {11 + Canary.Length}");

    [Fact]
    public void Read_NulBeforeInvalidUtf8_NamesTheFirst() => AssertRefused(
        [.. Bytes("id,name\n1,a\0"), 0xFF, .. Bytes("\n")],
        "row 1 (line 2), column 'name': a NUL character at byte offset 11");

    [Theory]
    [InlineData("1,\"" + Canary)]
    [InlineData("1,\"" + Canary + "\n2,x\n3,y\n")]
    [InlineData("1,\"" + Canary + "\"\"\n")]
    public void Read_UnclosedQuote_IsRefused(string rows) =>
        AssertRefused($"id,name\n{rows}", "row 1 (line 2), column 'name': a quote is opened and never closed");

    [Fact]
    public void Read_UnclosedQuoteAfterOrdinaryQuote_IsRefused() => AssertRefused(
        $"id,name,note\n1,a\"b,\"{Canary}\n", "row 1 (line 2), column 'note': a quote is opened and never closed");

    [Fact]
    public void Read_UnclosedQuoteInLargeFile_IsRefusedEarly()
    {
        string rows = string.Concat(Enumerable.Repeat($"2,{Canary}\n", 400_000));

        AssertRefused(
            $"id,name\n1,x\n1,\"{rows}", "row 2 (line 3): the row is longer than 1 MiB; a quote may not be closed");
    }

    [Theory]
    [InlineData("\"x\"" + Canary)]
    [InlineData("\"x\" ")]
    [InlineData("\"\"x")]
    public void Read_TextAfterClosingQuote_IsRefused(string cell) =>
        AssertRefused($"id,name\n1,{cell}\n", "row 1 (line 2), column 'name': text after a closing quote");

    [Fact]
    public void Open_TextAfterClosingQuoteInHeader_IsNamedByPosition() => AssertRefused(
        $"id,\"{Canary}\"x\n1,2\n", "header row (line 1), column 2: text after a closing quote");

    [Fact]
    public void Read_HeaderNotConfirmed_NamesNoColumn()
    {
        string path = _directory.Write("a.csv", $"id,{Canary}\n1,\"2\"x\n");

        Failure failure = Refusal(path, idColumn: null);

        Assert.Equal($"{path}: row 1 (line 2), column 2: text after a closing quote", failure.Message);
    }

    [Fact]
    public void Open_Utf16WithoutName_IsRefused() => AssertRefused(
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes($"id,name\n1,{Canary}\n")],
        "the file starts with the byte order mark of utf-16 but is read as utf-8; "
            + "name its encoding in the columns file");

    [Fact]
    public void Open_Utf8MarkUnderAnotherName_IsRefused() => AssertRefused(
        [.. Encoding.UTF8.Preamble, .. Bytes($"id,name\n1,{Canary}\n")],
        "the file starts with the byte order mark of utf-8 but is read as iso-8859-1; "
            + "name its encoding in the columns file",
        new CsvReadOptions { Encoding = "latin1" });

    [Fact]
    public void Open_UnknownEncoding_IsRefused() => AssertRefused(
        Bytes($"id\n{Canary}\n"),
        "the named text encoding is not known; try utf-8, latin1 or windows-1252",
        new CsvReadOptions { Encoding = "klingon" });

    [Fact]
    public void Read_BytesTheNamedEncodingLacks_AreRefused() => AssertRefused(
        [.. Bytes($"id,name\n1,{Canary}"), 0x80, .. Bytes("\n")],
        "header row: here or later are bytes that the named encoding lacks",
        new CsvReadOptions { Encoding = "us-ascii" });

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private void AssertRefused(string text, string problem) => AssertRefused(Bytes(text), problem);

    private void AssertRefused(byte[] bytes, string problem, CsvReadOptions? options = null)
    {
        string path = _directory.Write("a.csv", bytes);

        Failure failure = Refusal(path, options);

        Assert.Equal(new Failure(ExitCode.BadInput, $"{path}: {problem}"), failure);
        Assert.DoesNotContain(Canary, failure.Message, StringComparison.Ordinal);
    }
}
