using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipes;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

/// <summary>Files whose checksums are right and whose content is not.</summary>
public class HostileFileTests
{
    private const int Records = 20;

    [Fact]
    public void Open_RewrittenWithoutAChange_IsAccepted()
    {
        using TempFolder folder = new();
        EncodedFileHeader header = Encoded.WritePeople(folder["a.lke"], Records);
        HostileFile.Rewrite(folder["a.lke"]);
        HostileFile.Patch(folder["a.lke"], _ => { });
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.Equal(header.RecordCount, file.Header.RecordCount);
    }

    [Fact]
    public void Open_TokensThatDoNotRise_IsRefused() => AssertData(
        "pass/birthday", "token", "rise by token", (cells, _) => cells[..16].Fill(0xFF));

    [Fact]
    public void Open_BlockOverTheLimit_IsRefused()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 60);
        AssertColumn(folder, "pass/birthday", "token", "over the limit", (cells, _) => cells.Clear());
    }

    [Fact]
    public void Open_PresenceOfAFieldThatIsNotThere_IsRefused() => AssertData(
        "pass/birthday", "presence", "not there", (cells, _) => cells[0] |= 1 << 6);

    [Fact]
    public void Open_HandlesThatDoNotRise_IsRefused() => AssertData(
        "merge", "handle", "do not rise", (cells, _) => cells[^16..].Clear());

    [Fact]
    public void Open_HandleThatStandsTwice_IsRefused() => AssertData(
        "merge", "handle", "do not rise", (cells, _) => cells[..16].CopyTo(cells[16..]));

    [Fact]
    public void Open_RowOutOfRange_IsRefused() => AssertData(
        "merge", "row/birthday", "to no record or to two", (cells, rows) =>
            BinaryPrimitives.WriteInt32LittleEndian(cells, rows));

    [Fact]
    public void Open_NegativeRow_IsRefused() => AssertData(
        "merge", "row/birthday", "to no record or to two", (cells, _) =>
            BinaryPrimitives.WriteInt32LittleEndian(cells, int.MinValue));

    [Fact]
    public void Open_RowOfTwoRecords_IsRefused() => AssertData(
        "merge", "row/birthday", "to no record or to two", (cells, _) => cells[..4].CopyTo(cells[4..]));

    [Fact]
    public void Open_RowOfNoRecord_IsRefused() => AssertData(
        "merge", "row/birthday", "to no record", (cells, _) => cells[..4].Fill(0xFF));

    [Theory]
    [InlineData("\"records\":20", "\"records\":2147483647")]
    [InlineData("\"records\":20", "\"records\":19")]
    [InlineData("\"records\":20", "\"records\":-1")]
    [InlineData("\"records\":20", "\"records\":\"20\"")]
    [InlineData("\"records\":20", "\"records\":20,\"records\":20")]
    [InlineData("\"records\":20,", "")]
    [InlineData("\"rows\":20", "\"rows\":2147483647")]
    [InlineData("\"rows\":20", "\"rows\":19")]
    [InlineData("\"rows\":20,\"withoutKey\":0", "\"rows\":19,\"withoutKey\":1")]
    [InlineData("\"withoutKey\":0", "\"withoutKey\":1")]
    [InlineData("\"present\":20", "\"present\":21")]
    [InlineData("\"unusableRecords\":0", "\"unusableRecords\":21")]
    [InlineData("\"party\":\"party-a\"", "\"party\":\"\"")]
    [InlineData("\"party\":\"party-a\"", "\"party\":\"=a,b\\n\"")]
    [InlineData("\"party\":\"party-a\"", "\"party\":\"\\ud800\"")]
    [InlineData("\"party\":\"party-a\"", "\"party\":7")]
    [InlineData("\"epoch\":1", "\"epoch\":2147483648")]
    [InlineData("\"epoch\":1", "\"epoch\":0")]
    [InlineData("\"keyId\":\"0", "\"keyId\":\"<")]
    [InlineData("\"checkValue\":\"", "\"checkValue\":\"0")]
    [InlineData("\"format\":\"linkage-encoding/2\"", "\"format\":\"linkage-encoding/1\"")]
    [InlineData("\"format\":\"linkage-encoding/2\"", "\"format\":\"linkage-encoding/3\"")]
    [InlineData("\"project\":\"test\"", "\"project\":null")]
    [InlineData("\"software\"", "\"sftware\"")]
    [InlineData("\"blockLimit\":50", "\"blockLimit\":51")]
    [InlineData("\"blockLimit\":50", "\"blockLimit\":50000")]
    [InlineData("\"name\":\"birthday\",\"key\"", "\"name\":\"name-year\",\"key\"")]
    [InlineData("\"notes\":\"\"", "\"notes\":\"x\"")]
    [InlineData("\"schema\":{", "\"schema\":[{")]
    [InlineData("\"schema\":{", "\"shema\":{")]
    public void Open_HeaderThatContradictsItself_IsRefused(string old, string replacement)
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], Records);
        HostileFile.Rewrite(folder["a.lke"], header =>
        {
            Assert.Contains(old, header, StringComparison.Ordinal);
            int at = header.IndexOf(old, StringComparison.Ordinal);
            return header[..at] + replacement + header[(at + old.Length)..];
        });

        HostileFile.AssertRefused(folder["a.lke"]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("{", 1)]
    [InlineData("[", 100_000)]
    [InlineData(" ", 1 << 20)]
    [InlineData("\0", 1)]
    [InlineData("null", 1)]
    public void Open_HeaderOfDeepOrBrokenJson_IsRefused(string part, int times)
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 2);
        HostileFile.Rewrite(folder["a.lke"], _ => string.Concat(Enumerable.Repeat(part, times)));

        HostileFile.AssertRefused(folder["a.lke"]);
    }

    [Theory]
    [InlineData(12, int.MaxValue)]
    [InlineData(12, -1)]
    [InlineData(12, 0)]
    [InlineData(12, FileLayout.MaxHeaderLength)]
    [InlineData(16, 0)]
    [InlineData(16, -64)]
    [InlineData(16, long.MaxValue)]
    [InlineData(24, -1)]
    [InlineData(24, 0)]
    [InlineData(24, long.MaxValue)]
    [InlineData(24, long.MinValue)]
    public void Open_PrefixThatPointsElsewhere_IsRefused(int at, long value)
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 2);
        HostileFile.Patch(folder["a.lke"], whole =>
        {
            if (at == 12)
            {
                BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(at), (int)value);
            }
            else
            {
                BinaryPrimitives.WriteInt64LittleEndian(whole.AsSpan(at), value);
            }
        });

        HostileFile.AssertRefused(folder["a.lke"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(64)]
    public void Open_FooterThatPointsElsewhere_IsRefused(long tableStart)
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 2);
        byte[] whole = File.ReadAllBytes(folder["a.lke"]);
        BinaryPrimitives.WriteInt64LittleEndian(whole.AsSpan(whole.Length - FileLayout.FooterLength), tableStart);
        File.WriteAllBytes(folder["a.lke"], whole);

        HostileFile.AssertRefused(folder["a.lke"]);
    }

    [Fact]
    public void Open_Pipe_IsRefused()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using AnonymousPipeServerStream pipe = new();
        string path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";

        Assert.Throws<EncodingFormatException>(() => EncodedFile.Open(path));
    }

    private delegate void CellChange(Span<byte> cells, int rows);

    private static void AssertData(string section, string column, string message, CellChange change)
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], Records);
        AssertColumn(folder, section, column, message, change);
    }

    private static void AssertColumn(
        TempFolder folder, string section, string name, string message, CellChange change)
    {
        string path = folder["a.lke"];
        EncodedColumn column;
        long dataStart = BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(path).AsSpan(16));
        using (EncodedFile file = EncodedFile.Open(path))
        {
            SchemaFacts schema = new(file.Header.Schema);
            FileLayout layout = new(schema, file.Header.RecordCount, [.. file.Header.Passes.Select(pass => pass.Rows)]);
            column = layout.Columns.Single(c => c.Section == section && c.Name == name);
        }

        HostileFile.Rewrite(
            path, data: data => change(data.AsSpan((int)column.Offset, (int)column.Length), column.Rows));
        EncodingFormatException e = HostileFile.AssertRefused(path);

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.InRange(e.Offset!.Value, dataStart + column.Offset, dataStart + column.Offset + column.Length);
        Assert.Contains(e.Offset.Value.ToString(CultureInfo.InvariantCulture), e.Message, StringComparison.Ordinal);
    }
}
