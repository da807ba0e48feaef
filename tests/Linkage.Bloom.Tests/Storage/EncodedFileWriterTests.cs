using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class EncodedFileWriterTests
{
    [Fact]
    public void Complete_BlocksOverTheLimit_AreDroppedAndCounted()
    {
        using TempFolder folder = new();
        LinkageSchema schema = Samples.People with { BlockLimit = 3 };
        string?[][] records = [.. Enumerable.Range(0, 9).Select(i => Person(i < 4 ? 0 : i < 7 ? 1 : i))];
        EncodedFileHeader header = Encoded.Write(folder["a.lke"], schema, records);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.All(header.Passes, counts => Assert.Equal(new PassCounts(5, 0, 4, 1, 4), counts));
        Assert.Equal(9, file.Merge.RecordCount);
        Assert.Equal(5, Enumerable.Range(0, 9).Count(record => file.Merge.RowOf(record, 0) >= 0));
    }

    [Theory]
    [InlineData(10, 50)]
    [InlineData(11, 45)]
    [InlineData(60, 8)]
    public void Complete_ManyParties_HoldTheLimitForAllTogether(int parties, int most)
    {
        using TempFolder folder = new();
        LinkageSchema schema = Samples.People with { Parties = parties };
        EncodedFileHeader fits = Encoded.Write(folder["a.lke"], schema, Enumerable.Repeat(Person(0), most));
        EncodedFileHeader over = Encoded.Write(folder["b.lke"], schema, Enumerable.Repeat(Person(0), most + 1));
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.All(fits.Passes, counts => Assert.Equal(new PassCounts(most, 0, 0, 0, most), counts));
        Assert.All(over.Passes, counts => Assert.Equal(new PassCounts(0, 0, most + 1, 1, most + 1), counts));
    }

    [Fact]
    public void Complete_BlockAtTheLimit_Travels()
    {
        using TempFolder folder = new();
        LinkageSchema schema = Samples.People with { BlockLimit = 4 };
        EncodedFileHeader header = Encoded.Write(folder["a.lke"], schema, Enumerable.Repeat(Person(0), 4));

        Assert.All(header.Passes, counts => Assert.Equal(new PassCounts(4, 0, 0, 0, 4), counts));
    }

    [Fact]
    public void Complete_RecordsWithoutKeyOrValue_AreListedAndCounted()
    {
        using TempFolder folder = new();
        string?[] nothing = [null, "", "  ", "-", null, null];
        string?[] onlySex = [null, null, null, "f", null, null];
        string?[] noZip = Person(1);
        noZip[4] = null;
        EncodedFileHeader header = Encoded.Write(folder["a.lke"], Samples.People, [nothing, onlySex, noZip, Person(2)]);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.Equal((4, 1), (header.RecordCount, header.UnusableRecords));
        Assert.Equal([2, 3, 2], header.Passes.Select(counts => counts.WithoutKey));
        Assert.Equal([2, 1, 2], header.Passes.Select(counts => counts.Rows));
        Assert.Equal([2, 2, 2, 3, 1, 2], header.Fields.Select(counts => counts.Present));
        Assert.Equal(
            [2, 1, 2],
            Enumerable.Range(0, 3).Select(pass => Enumerable.Range(0, 4).Count(r => file.Merge.RowOf(r, pass) >= 0)));
    }

    [Fact]
    public void Complete_NoRecords_WritesAFileThatOpens()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 0);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.Equal(0, file.Merge.RecordCount);
        Assert.All(file.Passes, pass => Assert.Equal(0, pass.RowCount));
    }

    [Fact]
    public void Complete_CutsAndInvalidDates_AreCounted()
    {
        using TempFolder folder = new();
        string?[] person = Person(0);
        person[0] = new string('a', 300);
        person[2] = "1990-02-31";
        EncodedFileHeader header = Encoded.Write(folder["a.lke"], Samples.People, [person, Person(1)]);

        Assert.Equal(new FieldCounts(2, 1, 0), header.Fields[0]);
        Assert.Equal(new FieldCounts(2, 0, 1), header.Fields[2]);
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        using TempFolder folder = new();
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "a");
        using (EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map"], encoder))
        {
            writer.Add("1", Person(1));
            Assert.Equal(2, folder.Names.Length);
        }

        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Complete_Cancelled_LeavesWhatWasThereBefore()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["a.lke"], "before");
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "a");
        using (EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map"], encoder))
        {
            writer.Add("1", Person(1));
            Assert.ThrowsAny<OperationCanceledException>(
                () => writer.Complete(cancellationToken: new CancellationToken(canceled: true)));
        }

        Assert.Equal(["a.lke"], folder.Names);
        Assert.Equal("before", File.ReadAllText(folder["a.lke"]));
    }

    [Fact]
    public void Complete_FileThatCannotTakeItsName_LeavesNoTemporaryFile()
    {
        using TempFolder folder = new();
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "a");
        using (EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map"], encoder))
        {
            Directory.CreateDirectory(folder["a.lke"]);
            writer.Add("1", Person(1));
            Directory.CreateDirectory(folder["a.lke"]);
            Assert.ThrowsAny<SystemException>(() => writer.Complete());
        }

        Assert.DoesNotContain(folder.Names, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_MapThatCannotBeWritten_LeavesNothing()
    {
        using TempFolder folder = new();
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "a");

        Assert.ThrowsAny<IOException>(
            () => EncodedFileWriter.Create(folder["a.lke"], Path.Join(folder["nowhere"], "a.map"), encoder));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Complete_Map_IsForItsOwnerAloneAndHoldsIdsInOrder()
    {
        using TempFolder folder = new();
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "a");
        using (EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map"], encoder))
        {
            writer.Add("plain", Person(1));
            writer.Add("a,\"b\"\nc", Person(2));
            writer.Add("é", Person(3));
            writer.Complete();
        }

        string map = File.ReadAllText(folder["a.map"]);
        Assert.Matches(
            "^handle,source_id\n[0-9a-f]{32},plain\n[0-9a-f]{32},\"a,\"\"b\"\"\nc\"\n[0-9a-f]{32},é\n$", map);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        Assert.All(
            Enumerable.Range(0, 3),
            record => Assert.Contains(
                Convert.ToHexStringLower(file.Merge.Handle(record)), map, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["a.map"]));
        }
    }

    [Fact]
    public void Add_DuplicateOrEmptyIdOrWrongCount_IsRefusedWithoutQuoting()
    {
        using TempFolder folder = new();
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "a");
        using EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map"], encoder);
        writer.Add("canary", Person(1));

        ArgumentException twice = Assert.Throws<ArgumentException>(() => writer.Add("canary", Person(2)));
        Assert.Contains("Record 2", twice.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => writer.Add("", Person(2)));
        Assert.Throws<ArgumentException>(() => writer.Add("x", "only one"));
        Assert.Throws<ArgumentNullException>(() => writer.Add(null!, Person(2)));
        Assert.Equal(1, writer.Count);
        writer.Add("x", Person(2));
        Assert.Equal(2, writer.Complete().RecordCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("é")]
    public void Encoder_PartyThatIsNoName_IsRefused(string party)
    {
        using LinkageKey key = Samples.Key();

        Assert.Throws<ArgumentException>(() => new RecordEncoder(Samples.People, key, party).Dispose());
    }

    // Numbers apart give people apart in every pass.
    private static string?[] Person(int number) =>
    [
        $"{(char)('A' + number)}na", $"{"BDLMRCGJ"[number % 8]}ar{"bdlmrcgj"[number / 8]}o",
        FormattableString.Invariant($"{1950 + number}-01-02"), "f",
        FormattableString.Invariant($"{10_000 + number}"), FormattableString.Invariant($"{1234 + number}"),
    ];
}
