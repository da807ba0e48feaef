using Linkage.Bloom.Keys;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class EncodedMessageWriterTests
{
    [Fact]
    public void Complete_SameRecordsAsAFile_GiveTheSameRows()
    {
        using TempFolder folder = new();
        string?[][] records = [.. Enumerable.Range(0, 3).Select(Samples.Person)];
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "health");
        using (EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map.csv"], encoder))
        {
            foreach ((int i, string?[] record) in records.Index())
            {
                writer.Add($"{i}", record);
            }

            writer.Complete();
        }

        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        using EncodedFile message = Message(encoder, records).File;

        foreach ((int pass, EncodedPass section) in file.Passes.Index())
        {
            Assert.Equal(file.Header.Passes[pass], message.Header.Passes[pass]);
            Assert.Equal(RowsOf(section), RowsOf(message.Passes[pass]));
        }
    }

    [Fact]
    public void Complete_Handles_AreThoseOfTheMergeSection()
    {
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "health");
        (EncodedFile file, IReadOnlyList<string> handles) = Message(encoder, [Samples.Person(1), Samples.Person(2)]);
        using (file)
        {
            string[] merged = [.. Enumerable.Range(0, 2).Select(i => Convert.ToHexStringLower(file.Merge.Handle(i)))];

            Assert.Equal(merged, handles.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Add_TwiceTheSameRecord_IsTwoRecords()
    {
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "health");
        using EncodedFile file = Message(encoder, [Samples.Person(1), Samples.Person(1)]).File;

        Assert.Equal(2, file.Merge.RecordCount);
        Assert.Equal(file.Passes[0].Token(0), file.Passes[0].Token(1));
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "health");
        using EncodedMessageWriter writer = new(encoder);
        writer.Add(Samples.Person(1));
        byte[] content = writer.Complete().Content;
        for (int at = 0; at < content.Length; at += 97)
        {
            content[at] ^= 1;
            EncodingFormatException e =
                Assert.Throws<EncodingFormatException>(() => EncodedFile.Read(content, "request"));
            Assert.NotNull(e.Offset);
            content[at] ^= 1;
        }

        EncodedFile.Read(content, "request").Dispose();
    }

    [Fact]
    public void Verify_WholeOrChanged_SaysWhatOpeningSays()
    {
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "health");
        using EncodedMessageWriter writer = new(encoder);
        for (int person = 0; person < 3_000; person++)
        {
            writer.Add(Samples.Person(person));
        }

        byte[] content = writer.Complete().Content;
        using EncodedFile file = EncodedFile.Read(content, "message");
        Assert.InRange(content.Length, 3 << 20, int.MaxValue); // several pieces

        EncodedFileHeader header = Verify(content);

        Assert.Equal(file.Header.CheckValue, header.CheckValue);
        Assert.Equal(file.Header.Passes, header.Passes);
        for (int at = 5; at < content.Length; at += content.Length / 50)
        {
            content[at] ^= 1;
            Assert.Equal(
                Assert.Throws<EncodingFormatException>(() => EncodedFile.Read(content, "message")).Offset,
                Assert.Throws<EncodingFormatException>(() => Verify(content)).Offset);
            content[at] ^= 1;
        }
    }

    [Fact]
    public void Read_ContentChangedAfterwards_StaysAsVerified()
    {
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Samples.People, key, "health");
        using EncodedMessageWriter writer = new(encoder);
        writer.Add(Samples.Person(1));
        byte[] content = writer.Complete().Content;
        using EncodedFile file = EncodedFile.Read(content, "request");
        byte[] before = file.Merge.Handle(0).ToArray();
        Array.Clear(content);

        Assert.Equal(before, file.Merge.Handle(0).ToArray());
    }

    private static (EncodedFile File, IReadOnlyList<string> Handles) Message(
        RecordEncoder encoder, IEnumerable<string?[]> records)
    {
        using EncodedMessageWriter writer = new(encoder);
        foreach (string?[] record in records)
        {
            writer.Add(record);
        }

        (byte[] content, IReadOnlyList<string> handles) = writer.Complete();
        return (EncodedFile.Read(content, "message"), handles);
    }

    private static EncodedFileHeader Verify(byte[] content) => EncodedFile.Verify(
        content.Length, (offset, piece) => content.AsSpan((int)offset, piece.Length).CopyTo(piece), "message");

    // Cells of absent fields are random; every person here has all of them.
    private static string[] RowsOf(EncodedPass pass) =>
    [
        .. Enumerable.Range(0, pass.RowCount).Select(row => string.Join(
            ',',
            Enumerable.Range(0, Samples.People.Fields.Count)
                .Where(pass.Travels)
                .Select(field => Convert.ToHexString(pass.Field(row, field)))
                .Prepend($"{pass.Token(row)}"))),
    ];
}
