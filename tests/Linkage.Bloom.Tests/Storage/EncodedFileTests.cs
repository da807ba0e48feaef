using System.Buffers.Binary;
using System.Globalization;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class EncodedFileTests
{
    [Fact]
    public void Open_WrittenFile_SaysWhatWasWritten()
    {
        using TempFolder folder = new();
        EncodedFileHeader written = Encoded.WritePeople(folder["a.lke"], 50);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        EncodedFileHeader read = file.Header;

        Assert.Equal(written.Schema.ToUtf8Json(), read.Schema.ToUtf8Json());
        Assert.Equal(
            (written.Project, written.KeyId, written.Epoch, written.CheckValue, written.Party, written.Software),
            (read.Project, read.KeyId, read.Epoch, read.CheckValue, read.Party, read.Software));
        Assert.Equal(
            (written.RecordCount, written.UnusableRecords, 50, 0),
            (read.RecordCount, read.UnusableRecords, read.RecordCount, read.UnusableRecords));
        Assert.Equal(written.Fields, read.Fields);
        Assert.Equal(written.Passes, read.Passes);
        Assert.Equal("party-a", read.Party);
        Assert.Equal(new FileInfo(folder["a.lke"]).Length, file.Length);
    }

    [Fact]
    public void Open_WrittenFile_HoldsEveryCellOfEveryRecord()
    {
        using TempFolder folder = new();
        const int Count = 200;
        Encoded.WritePeople(folder["a.lke"], Count);
        Dictionary<string, int> records = ReadMap(folder["a.lke.map"]);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "party-a");
        byte[] row = new byte[encoder.Row.Length];
        NormalizationNotes[] notes = new NormalizationNotes[Samples.People.Fields.Count];
        for (int merged = 0; merged < Count; merged++)
        {
            encoder.Encode(Samples.Person(records[Convert.ToHexStringLower(file.Merge.Handle(merged))]), row, notes);
            for (int pass = 0; pass < file.Passes.Count; pass++)
            {
                AssertRow(file.Passes[pass], file.Merge.RowOf(merged, pass), pass, encoder, row);
                Assert.Equal(merged, file.Merge.RecordsOf(pass, Count)[file.Merge.RowOf(merged, pass)]);
            }
        }
    }

    [Fact]
    public void Complete_SameInputTwice_JoinsAlikeUnderOtherHandles()
    {
        using TempFolder folder = new();
        Encoded.Write(folder["a.lke"], Samples.People, Enumerable.Range(0, 100).Select(PersonWithTwin));
        Encoded.Write(folder["b.lke"], Samples.People, Enumerable.Range(0, 100).Select(PersonWithTwin));
        using EncodedFile one = EncodedFile.Open(folder["a.lke"]);
        using EncodedFile two = EncodedFile.Open(folder["b.lke"]);
        for (int pass = 0; pass < one.Passes.Count; pass++)
        {
            EncodedPass left = one.Passes[pass];
            EncodedPass right = two.Passes[pass];
            Assert.Equal(Tokens(left), Tokens(right));
            Assert.Empty(Handles(left).Intersect(Handles(right)));
            Assert.Equal(Distances(left), Distances(right));
        }
    }

    [Fact]
    public void Complete_OtherKey_SharesNoToken()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 100);
        Encoded.WritePeople(folder["b.lke"], 100, keyNumber: 2);
        using EncodedFile one = EncodedFile.Open(folder["a.lke"]);
        using EncodedFile two = EncodedFile.Open(folder["b.lke"]);

        Assert.Empty(one.Passes.SelectMany(Tokens).Intersect(two.Passes.SelectMany(Tokens)));
        Assert.NotEqual(one.Header.CheckValue, two.Header.CheckValue);
    }

    [Fact]
    public void Passes_OfOneFile_ShareNoToken()
    {
        using TempFolder folder = new();
        LinkageSchema schema = Samples.People with
        {
            Passes = [.. Samples.People.Passes, new PassSchema { Name = "again", Key = ["LS", "Y"] }],
        };
        Encoded.Write(folder["a.lke"], schema, Enumerable.Range(0, 50).Select(Samples.Person));
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.Empty(Tokens(file.Passes[0]).Intersect(Tokens(file.Passes[3])));
    }

    [Fact]
    public void Field_ContainedInTheKey_DoesNotTravel()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 10);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.Equal(
            [true, true, false, false, true, true], Enumerable.Range(0, 6).Select(file.Passes[2].Travels));
        Assert.Throws<ArgumentException>(() => file.Passes[2].Field(0, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Passes[2].Field(10, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Merge.Handle(-1).Length);
    }

    [Fact]
    public void Dispose_OpenFile_LetsNobodyReadOn()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 3);
        EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Passes[0].Token(0));
    }

    private static void AssertRow(EncodedPass pass, int row, int index, RecordEncoder encoder, byte[] record)
    {
        ReadOnlySpan<byte> digest = encoder.Row.Digest(record.AsSpan(), index);
        Assert.Equal(
            BinaryPrimitives.ReadUInt128BigEndian(digest), pass.Token(row));
        using BlockScope scope = encoder.CreateScope(index);
        scope.Enter(digest[16..]);
        for (int field = 0; field < encoder.Schema.Fields.Count; field++)
        {
            if (!pass.Travels(field))
            {
                continue;
            }

            byte[] cell = new byte[pass.Field(row, field).Length];
            if (encoder.Schema.Fields[field].IsTag)
            {
                scope.MakeTag(field, encoder.Row.Field(record.AsSpan(), field), cell);
            }
            else
            {
                scope.Protect(field, encoder.Row.Field(record.AsSpan(), field), cell);
            }

            Assert.Equal(cell, pass.Field(row, field).ToArray());
        }
    }

    private static Dictionary<string, int> ReadMap(string path) => File.ReadLines(path).Skip(1)
        .Select(line => line.Split(",r"))
        .ToDictionary(
            parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture));

    private static UInt128[] Tokens(EncodedPass pass) => [.. Enumerable.Range(0, pass.RowCount).Select(pass.Token)];

    private static string[] Handles(EncodedPass pass) =>
        [.. Enumerable.Range(0, pass.RowCount).Select(row => Convert.ToHexString(pass.Handle(row)))];

    // Two records of one person, one with a longer first name, meet in every pass.
    private static string?[] PersonWithTwin(int number)
    {
        string?[] person = Samples.Person(number / 2);
        person[0] += number % 2 == 0 ? "" : "bel";
        return person;
    }

    // Distances inside blocks, whatever the order of the rows.
    private static string[] Distances(EncodedPass pass)
    {
        List<string> distances = [];
        for (int row = 0; row < pass.RowCount; row++)
        {
            for (int other = 0; other < row; other++)
            {
                if (pass.Token(row) == pass.Token(other))
                {
                    int[] bits = [.. Enumerable.Range(0, 6).Where(pass.Travels)
                        .Select(field => BitDistance.Hamming(pass.Field(row, field), pass.Field(other, field)))];
                    distances.Add($"{pass.Token(row)} {string.Join(' ', bits)}");
                }
            }
        }

        Assert.NotEmpty(distances);
        return [.. distances.Order(StringComparer.Ordinal)];
    }
}
