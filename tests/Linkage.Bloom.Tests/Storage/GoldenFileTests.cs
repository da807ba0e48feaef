using System.Text.Json;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

/// <summary>A file of every format version is read for ever, and its records still give the same bits.</summary>
/// <remarks>A failure here breaks every partner: it needs a new format version, not a new golden file.</remarks>
public class GoldenFileTests
{
    private const string EncodingFingerprint = "f16e8eb6d5749d9acea3ee4917f685f53972913c60090340c198ca3e50a051b9";

    private static LinkageSchema Schema(int version) =>
        LinkageSchema.Load(RepositoryFiles.Golden($"people-{version}.schema.json"));

    [Fact]
    public void EncodingFingerprint_GoldenSchema_IsTheKnownValue() =>
        Assert.Equal(EncodingFingerprint, Schema(1).EncodingFingerprint);

    [Fact]
    public void Open_VersionOne_SaysWhatItSaidWhenItWasMade()
    {
        using EncodedFile file = EncodedFile.Open(RepositoryFiles.Golden("people-1.lke"));

        Assert.Equal(("golden", "00c0ffee00c0ffee", 2), (file.Header.Project, file.Header.KeyId, file.Header.Epoch));
        Assert.Equal((8, 0), (file.Header.RecordCount, file.Header.UnusableRecords));
        Assert.Equal(EncodingFingerprint, file.Header.Schema.EncodingFingerprint);
        Assert.Equal("party-a", file.Header.Party);
        Assert.Null(file.Header.Agreement);
    }

    [Fact]
    public void Open_VersionTwo_SaysWhatItSaidWhenItWasMade()
    {
        using EncodedFile file = EncodedFile.Open(RepositoryFiles.Golden("people-2.lke"));

        Assert.Equal((120, 0), (file.Header.RecordCount, file.Header.UnusableRecords));
        AgreementTable table = file.Header.Agreement!;
        Assert.Equal(["first", "born", "sex", "contact"], table.Comparisons.Select(row => row.Comparison));
        Assert.Equal([new(3600, 7140), new(3540, 7140)], table.Find("sex")!.Levels);
    }

    [Fact]
    public void Encode_RecordsOfVersionTwo_GivesTheSameTable()
    {
        using TempFolder folder = new();
        EncodeAgain(folder, 2);
        using EncodedFile golden = EncodedFile.Open(RepositoryFiles.Golden("people-2.lke"));
        using EncodedFile fresh = EncodedFile.Open(folder["a.lke"]);

        Assert.Equal(
            golden.Header.Agreement!.Comparisons.SelectMany(row => row.Levels),
            fresh.Header.Agreement!.Comparisons.SelectMany(row => row.Levels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Encode_RecordsOfTheVersion_GivesTheSameBits(int version)
    {
        using TempFolder folder = new();
        EncodeAgain(folder, version);
        using EncodedFile golden = EncodedFile.Open(RepositoryFiles.Golden($"people-{version}.lke"));
        using EncodedFile fresh = EncodedFile.Open(folder["a.lke"]);
        int compared = 0;

        Assert.Equal(golden.Header.CheckValue, fresh.Header.CheckValue);
        Assert.Equal(golden.Header.Fields, fresh.Header.Fields);
        Assert.Equal(golden.Header.Passes, fresh.Header.Passes);
        for (int pass = 0; pass < golden.Passes.Count; pass++)
        {
            EncodedPass expected = golden.Passes[pass];
            EncodedPass actual = fresh.Passes[pass];
            Assert.Equal(
                Enumerable.Range(0, expected.RowCount).Select(expected.Token),
                Enumerable.Range(0, actual.RowCount).Select(actual.Token));
            foreach (int row in Encoded.LoneRows(expected))
            {
                Assert.Equal(expected.Presence(row), actual.Presence(row));
                compared += CompareCells(expected, actual, row, golden.Header.Schema.Fields.Count);
            }
        }

        Assert.True(compared > 100);
    }

    private static int CompareCells(EncodedPass expected, EncodedPass actual, int row, int fields)
    {
        int compared = 0;
        for (int field = 0; field < fields; field++)
        {
            if (expected.Travels(field) && (expected.Presence(row) >> field & 1) != 0)
            {
                Assert.Equal(expected.Field(row, field), actual.Field(row, field));
                compared++;
            }
        }

        return compared;
    }

    private static void EncodeAgain(TempFolder folder, int version)
    {
        // A working copy is readable by others, which a key file must not be.
        File.Copy(RepositoryFiles.Golden("people-1.key.json"), folder["a.key"]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder["a.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using LinkageKey key = LinkageKey.Load(folder["a.key"]);
        using RecordEncoder encoder = new(Schema(version), key, "party-a");
        using EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map"], encoder);
        byte[] json = File.ReadAllBytes(RepositoryFiles.Golden($"people-{version}.records.json"));
        using JsonDocument records = JsonDocument.Parse(json);
        foreach (JsonElement record in records.RootElement.EnumerateArray())
        {
            string?[] values = [.. record.EnumerateArray().Select(cell => cell.GetString())];
            writer.Add($"r{writer.Count}", values);
        }

        writer.Complete();
    }
}
