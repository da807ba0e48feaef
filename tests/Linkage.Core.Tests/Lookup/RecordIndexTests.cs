using System.Buffers.Binary;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Lookup;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Core.Tests.Lookup;

public sealed class RecordIndexTests
{
    private static PeopleProject Generate() => PeopleProject.Generate(
        new PeopleOptions { PeoplePerAgency = 600, Agencies = 3, Seed = 11, DuplicateShare = 0.1 });

    private static LinkResult LinkAlone(IReadOnlyList<EncodedFile> files) => Linker.Link(
        files,
        new LinkerOptions
        {
            OneToOne = OneToOneMode.Off,
            KeepWeight = -100,
            DuplicateParties = [.. files.Select(file => file.Header.Party)],
        });

    [Fact]
    public void Find_EveryRecordOfEveryFile_FindsWhatALinkWithoutOneToOneFinds()
    {
        using PeopleProject people = Generate();
        EncodedFile[] files = people.Encoded.Files;
        LinkResult linked = LinkAlone(files);
        using var index = RecordIndex.Create(files, new RecordIndexOptions { Model = linked.Model });

        string[] pairs = [.. PairsOf(linked)];
        Assert.NotEmpty(pairs);
        Assert.Equal(pairs, FindAll(index, files).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Find_FilesThatWereAddedRecordByRecord_FindsTheSame()
    {
        using PeopleProject people = Generate();
        EncodedFile[] files = people.Encoded.Files;
        LinkResult linked = LinkAlone(files);
        using var whole = RecordIndex.Create(files, new RecordIndexOptions { Model = linked.Model });
        using EncodedProject empty = new(people.Encoded.Schema);
        foreach (EncodedFile file in files)
        {
            _ = empty.Add(file.Header.Party, []);
        }

        using var grown = RecordIndex.Create(empty.Files, new RecordIndexOptions { Model = linked.Model });
        foreach (EncodedFile file in files)
        {
            _ = grown.Add(file);
        }

        Assert.Equal(files.Sum(file => file.Merge.RecordCount), grown.RecordCount);
        Assert.Equal(FindAll(whole, files), FindAll(grown, files));
    }

    [Fact]
    public void Find_RecordOfAMessage_FindsTheSamePersonsRecords()
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey key = project.FixedKey();
        string?[] person = Person(1);
        _ = project.Add("health", [person, Person(2)]);
        using var index = RecordIndex.Create(project.Files, Options(project));
        using EncodedFile query = Message(project, key, "benefits", person);

        LookupMatch match = Assert.Single(index.Find(query, 0), match => match.Decision == Decision.Match);

        Assert.Equal(0, project.Parties[0].RowOf(match.Record.Handle));
        Assert.Equal(index.Reference(match.Number), match.Record);
    }

    [Fact]
    public void Add_Record_IsFoundByTheNextLookupAndNotAfterItsRemoval()
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey key = project.FixedKey();
        _ = project.Add("health", [Person(2)]);
        using var index = RecordIndex.Create(project.Files, Options(project));
        using EncodedFile added = Message(project, key, "health", Person(1));
        using EncodedFile query = Message(project, key, "benefits", Person(1));
        Assert.DoesNotContain(index.Find(query, 0), match => match.Decision == Decision.Match);

        (int first, int droppedRows) = index.Add(added);

        Assert.Equal((1, 0), (first, droppedRows));
        Assert.Equal(first, Assert.Single(index.Find(query, 0), match => match.Decision == Decision.Match).Number);
        Assert.True(index.Remove(first));
        Assert.False(index.Remove(first));
        Assert.DoesNotContain(index.Find(query, 0), match => match.Decision == Decision.Match);
    }

    [Fact]
    public void Add_BeyondTheBlockLimit_DropsTheBlockAndCountsItsRows()
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey key = project.FixedKey();
        _ = project.Add("health", []);
        using var index = RecordIndex.Create(project.Files, Options(project));
        using EncodedFile query = Message(project, key, "benefits", Person(1));
        List<EncodedFile> added = [];
        try
        {
            int dropped = 0;
            for (int i = 0; i <= project.Schema.BlockLimit; i++)
            {
                Assert.Equal(0, dropped);
                Assert.Equal(i, index.Find(query, 0).Count);
                added.Add(Message(project, key, "health", Person(1)));
                dropped = index.Add(added[^1]).DroppedRows;
            }

            int passes = project.Schema.Passes.Count;
            Assert.Equal((project.Schema.BlockLimit + 1) * passes, dropped);
            Assert.Equal(passes, index.DroppedBlocks);
            Assert.Empty(index.Find(query, 0));
        }
        finally
        {
            added.ForEach(file => file.Dispose());
        }
    }

    [Fact]
    public void Add_BeyondTheBlockLimitOfAParty_LeavesTheOthersInTheBlock()
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey key = project.FixedKey();
        _ = project.Add("health", []);
        _ = project.Add("benefits", [Person(1)]);
        using var index = RecordIndex.Create(project.Files, Options(project));
        using EncodedFile query = Message(project, key, "health", Person(1));
        List<EncodedFile> added = [];
        try
        {
            for (int i = 0; i <= project.Schema.BlockLimit; i++)
            {
                added.Add(Message(project, key, "health", Person(1)));
                _ = index.Add(added[^1]);
            }

            Assert.Equal("benefits", Assert.Single(index.Find(query, 0)).Record.Party);
            Assert.Empty(index.NeighboursOf(index.RecordCount - 1));
            Assert.Empty(index.NeighboursOf(0));
            Assert.True(index.Remove(index.RecordCount - 1));
            Assert.Equal(project.Schema.BlockLimit + 1, index.Find(query, 0).Count);
        }
        finally
        {
            added.ForEach(file => file.Dispose());
        }
    }

    [Fact]
    public void Add_ManyToOneBlock_TellsNothingOfTheOthersInIt()
    {
        Assert.Equal(DropsOfAdditions([]), DropsOfAdditions([Person(1)]));
    }

    [Fact]
    public void Add_RecordUnderTheHandleOfAnotherParty_LeavesTheOthersItsOwn()
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey key = project.FixedKey();
        _ = project.Add("health", []);
        _ = project.Add("benefits", []);
        using var index = RecordIndex.Create(project.Files, Options(project));
        using EncodedFile first = Message(project, key, "health", Person(1));
        byte[] handle = first.Merge.Handle(0).ToArray();
        using EncodedFile second = UnderHandle(handle, project, key, "benefits", Person(2));

        _ = index.Add(first);
        _ = index.Add(second);

        string name = Convert.ToHexStringLower(handle);
        Assert.Equal(0, index.NumberOf(new RecordReference("health", name)));
        Assert.Equal(1, index.NumberOf(new RecordReference("benefits", name)));
    }

    [Fact]
    public void Find_FileOfAnotherKey_IsRefused()
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey other = project.KeyOfEpoch(2);
        _ = project.Add("health", [Person(1)]);
        using var index = RecordIndex.Create(project.Files, Options(project));
        using EncodedFile query = Message(project, other, "benefits", Person(1));

        Assert.Throws<EncodingFormatException>(() => index.Find(query, 0));
        Assert.Throws<EncodingFormatException>(() => index.Add(query));
    }

    [Fact]
    public void Add_FileOfAPartyTheIndexDoesNotKnow_IsRefused()
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey key = project.FixedKey();
        _ = project.Add("health", [Person(1)]);
        using var index = RecordIndex.Create(project.Files, Options(project));
        using EncodedFile added = Message(project, key, "benefits", Person(1));

        Assert.Throws<EncodingFormatException>(() => index.Add(added));
    }

    // What a party is told that adds the same person again and again, by what another party has.
    private static List<int> DropsOfAdditions(string?[][] others)
    {
        using EncodedProject project = new(SmallSchemas.TwoNumbers);
        using LinkageKey key = project.FixedKey();
        _ = project.Add("health", []);
        _ = project.Add("benefits", others);
        using var index = RecordIndex.Create(project.Files, Options(project));
        List<EncodedFile> added = [];
        try
        {
            List<int> dropped = [];
            for (int i = 0; i <= SchemaLimits.MaxBlockRecords; i++)
            {
                added.Add(Message(project, key, "health", Person(1)));
                dropped.Add(index.Add(added[^1]).DroppedRows);
            }

            return dropped;
        }
        finally
        {
            added.ForEach(file => file.Dispose());
        }
    }

    private static RecordIndexOptions Options(EncodedProject project) =>
        new() { Model = TestModels.For(project.Schema) };

    private static string?[] Person(int number) => [$"{1000 + number}", $"{2000 + number}", "Maria"];

    private static EncodedFile Message(EncodedProject project, LinkageKey key, string party, string?[] person)
    {
        using RecordEncoder encoder = new(project.Schema, key, party);
        using EncodedMessageWriter writer = new(encoder);
        writer.Add(person);
        return EncodedFile.Read(writer.Complete().Content, "message");
    }

    // A file that no encoder writes: handles are random.
    private static EncodedFile UnderHandle(
        byte[] handle, EncodedProject project, LinkageKey key, string party, string?[] person)
    {
        using RecordEncoder encoder = new(project.Schema, key, party);
        using EncodedMessageWriter writer = new(encoder);
        writer.Add(person);
        (byte[] content, IReadOnlyList<string> handles) = writer.Complete();
        handle.CopyTo(content, content.AsSpan().IndexOf(Convert.FromHexString(handles[0])));
        long end = BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(content.Length - FileLayout.FooterLength));
        MemoryTarget target = new();
        target.SetLength(end);
        target.Write(content.AsSpan(0, (int)end), 0);
        ChecksummedFile.End(target, end);
        return EncodedFile.Read(target.Content, "message");
    }

    private static IEnumerable<string> PairsOf(LinkResult linked) => linked.Pairs
        .Where(pair => pair.Decision != Decision.NonMatch)
        .Select(pair => Text(pair.Left, pair.Right, pair.Vector.ToPattern(8), pair.Weight, pair.Decision))
        .Order(StringComparer.Ordinal);

    private static List<string> FindAll(RecordIndex index, EncodedFile[] files)
    {
        List<string> found = [];
        foreach (EncodedFile file in files)
        {
            for (int record = 0; record < file.Merge.RecordCount; record++)
            {
                string handle = Convert.ToHexStringLower(file.Merge.Handle(record));
                RecordReference asked = new(file.Header.Party, handle);
                int number = files.TakeWhile(before => before != file).Sum(before => before.Merge.RecordCount) + record;
                found.AddRange(index.Find(file, record)
                    .Where(match => match.Number > number)
                    .Select(match => Text(
                        asked, match.Record, match.Vector.ToPattern(8), match.Weight, match.Decision)));
            }
        }

        return found;
    }

    private static string Text(
        RecordReference left, RecordReference right, string pattern, MatchWeight weight, Decision decision) =>
        $"{left} {right} {pattern} {weight.Bits:R} {decision}";
}
