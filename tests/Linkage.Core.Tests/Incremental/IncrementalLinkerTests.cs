using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Incremental;
using Linkage.Core.Lookup;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Incremental;

public sealed class IncrementalLinkerTests : IDisposable
{
    private readonly EncodedProject _project = new(SmallSchemas.TwoNumbers);
    private readonly LinkageKey _key;
    private readonly List<EncodedFile> _messages = [];
    private RecordIndex? _index;

    public IncrementalLinkerTests()
    {
        _key = _project.FixedKey();
    }

    public void Dispose()
    {
        _index?.Dispose();
        _messages.ForEach(message => message.Dispose());
        _key.Dispose();
        _project.Dispose();
    }

    [Fact]
    public void Add_RecordOfAKnownPerson_GetsItsLinkId()
    {
        IncrementalLinker linker = Start(("health", [Person(1), Person(2)]), ("benefits", []));
        string known = linker.LinkIdOf(0)!;
        string?[] person = PersonOf(0, 1, 2);

        EntityChange change = Assert.Single(linker.Add(Message("benefits", person)).Changes);

        Assert.Equal(EntityChangeKind.Added, change.Kind);
        Assert.Equal([new RelinkedRecord(2, null, known)], change.Records);
        Assert.Equal(known, linker.LinkIdOf(2));
        Assert.Equal([0, 2], linker.RecordsOf(known));
    }

    [Fact]
    public void Add_RecordOfNobodyKnown_GetsAnIdOfItsOwn()
    {
        IncrementalLinker linker = Start(("health", [Person(1)]), ("benefits", []));

        EntityChange change = Assert.Single(linker.Add(Message("benefits", Person(7))).Changes);

        string id = Assert.Single(change.Records).NewLinkId!;
        Assert.NotEqual(linker.LinkIdOf(0), id);
        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    [Fact]
    public void Add_SecondRecordWhereAPartyListsAPersonOnce_StaysApart()
    {
        IncrementalLinker linker = Start(("health", [Person(1)]), ("benefits", []));

        _ = linker.Add(Message("health", Person(1)));

        Assert.NotEqual(linker.LinkIdOf(0), linker.LinkIdOf(1));
    }

    [Fact]
    public void Add_RecordThatBringsTwoEntitiesTogether_MergesThemUnderTheIdOfTheLarger()
    {
        // The records of a third agency carry the first number of one entity and the second of the other.
        IncrementalLinker linker = Start(
            ("health", [Half(1, 0)]), ("benefits", [Half(1, 0)]), ("schools", [Half(0, 2)]), ("care", []));
        string larger = linker.LinkIdOf(0)!;
        string smaller = linker.LinkIdOf(2)!;
        Assert.Equal(larger, linker.LinkIdOf(1));
        Assert.NotEqual(larger, smaller);

        IReadOnlyList<EntityChange> changes = linker.Add(Message("care", Half(1, 2))).Changes;

        Assert.Equal([EntityChangeKind.Added, EntityChangeKind.Merged], changes.Select(change => change.Kind));
        Assert.Equal([new RelinkedRecord(2, smaller, larger)], changes[1].Records);
        Assert.Equal([0, 1, 2, 3], linker.RecordsOf(larger));
        Assert.Empty(linker.RecordsOf(smaller));
    }

    [Fact]
    public void Remove_RecordThatHeldAnEntityTogether_SplitsItAndTheLargerPartKeepsTheId()
    {
        IncrementalLinker linker = Start(
            ("health", [Half(1, 0)]), ("benefits", [Half(1, 0)]), ("schools", [Half(0, 2)]), ("care", []));
        _ = linker.Add(Message("care", Half(1, 2)));
        string id = linker.LinkIdOf(3)!;

        IReadOnlyList<EntityChange> changes = linker.Remove(3);

        Assert.Equal([EntityChangeKind.Removed, EntityChangeKind.Split], changes.Select(change => change.Kind));
        Assert.Equal([new RelinkedRecord(3, id, null)], changes[0].Records);
        Assert.Equal([0, 1], linker.RecordsOf(id));
        Assert.Equal(2, Assert.Single(changes[1].Records).Number);
        Assert.Null(linker.LinkIdOf(3));
        Assert.Empty(linker.Remove(3));
    }

    [Fact]
    public void Decide_TwoPersons_SplitsAndLaterAdditionsFollow()
    {
        IncrementalLinker linker = Start(("health", [Person(1)]), ("benefits", [Person(1)]), ("schools", []));
        Assert.Equal(linker.LinkIdOf(0), linker.LinkIdOf(1));

        EntityChange change = Assert.Single(linker.Decide(Decision(0, 1, isMatch: false)));
        _ = linker.Add(Message("schools", Person(1)));

        Assert.Equal(EntityChangeKind.Split, change.Kind);
        Assert.NotEqual(linker.LinkIdOf(0), linker.LinkIdOf(1));
        Assert.True(linker.LinkIdOf(2) == linker.LinkIdOf(0) || linker.LinkIdOf(2) == linker.LinkIdOf(1));
    }

    [Fact]
    public void Decide_OnePerson_MergesWhatTheModelKeepsApart()
    {
        IncrementalLinker linker = Start(("health", [Person(1)]), ("benefits", [Person(5)]));
        string first = linker.LinkIdOf(0)!;

        EntityChange change = Assert.Single(linker.Decide(Decision(0, 1, isMatch: true)));

        Assert.Equal(EntityChangeKind.Merged, change.Kind);
        Assert.Equal([0, 1], linker.RecordsOf(first));
        Assert.Empty(linker.Decide(Decision(1, 0, isMatch: true)));
    }

    [Fact]
    public void Decide_AgainstWhatOthersSay_IsRefused()
    {
        IncrementalLinker linker = Start(
            ("health", [Person(1)]), ("benefits", [Person(5)]), ("schools", [Person(9)]));
        _ = linker.Decide(Decision(0, 1, isMatch: true));
        _ = linker.Decide(Decision(1, 2, isMatch: true));
        string?[] before = [.. Enumerable.Range(0, 3).Select(linker.LinkIdOf)];

        Assert.Throws<ArgumentException>(() => linker.Decide(Decision(0, 2, isMatch: false)));

        Assert.Equal(before, Enumerable.Range(0, 3).Select(linker.LinkIdOf));
    }

    [Fact]
    public void Decide_OnePersonAcrossADecisionOfTwoPersons_KeepsBothDecisions()
    {
        IncrementalLinker linker = Start(
            ("health", [Person(1)]), ("benefits", [Person(1)]), ("schools", [Person(5)]), ("care", [Person(5)]));
        _ = linker.Decide(Decision(0, 2, isMatch: false));

        _ = linker.Decide(Decision(1, 3, isMatch: true));

        Assert.Equal(linker.LinkIdOf(1), linker.LinkIdOf(3));
        Assert.NotEqual(linker.LinkIdOf(0), linker.LinkIdOf(2));
    }

    [Fact]
    public void Decide_OnePersonWhereAPartyListsAPersonOnce_LeavesItOneRecordOfIt()
    {
        IncrementalLinker linker = Start(
            ("health", [Person(1), Person(5)]), ("benefits", [Person(1)]), ("schools", [Person(5)]));
        string[] health = [linker.LinkIdOf(0)!, linker.LinkIdOf(1)!];
        Assert.Equal(health.Order(), new[] { linker.LinkIdOf(2)!, linker.LinkIdOf(3)! }.Order());

        _ = linker.Decide(Decision(2, 3, isMatch: true));

        Assert.Equal(linker.LinkIdOf(2), linker.LinkIdOf(3));
        Assert.NotEqual(linker.LinkIdOf(0), linker.LinkIdOf(1));
    }

    [Fact]
    public void Replace_RecordOfALinkedPerson_StaysWithTheOthers()
    {
        IncrementalLinker linker = Start(("health", [Person(1)]), ("benefits", [Person(1)]));
        string known = linker.LinkIdOf(0)!;
        string?[] corrected = Person(1);
        corrected[2] = "Marian";

        IReadOnlyList<EntityChange> changes = linker.Replace(0, Message("health", corrected)).Changes;

        Assert.Equal([EntityChangeKind.Removed, EntityChangeKind.Added], changes.Select(change => change.Kind));
        Assert.Equal([1, 2], linker.RecordsOf(known));
        Assert.Null(linker.LinkIdOf(0));
    }

    [Fact]
    public void Replace_RecordThatNobodyElseHas_KeepsItsLinkIdUnlessItIsAnotherPersons()
    {
        IncrementalLinker linker = Start(("health", [Person(1)]), ("benefits", []));
        string known = linker.LinkIdOf(0)!;

        _ = linker.Replace(0, Message("health", Person(1)));
        Assert.Equal([1], linker.RecordsOf(known));

        _ = linker.Replace(1, Message("health", Person(7)));
        Assert.Empty(linker.RecordsOf(known));
        Assert.NotNull(linker.LinkIdOf(2));
    }

    [Fact]
    public void Create_FewerLinkIdsThanRecords_IsRefused()
    {
        _ = Start(("health", [Person(1)]), ("benefits", [Person(5)]));

        Assert.Throws<ArgumentException>(() => IncrementalLinker.Create(_index!, ["a"], Options()));
    }

    private static string?[] Person(int number) => [$"{1000 + number}", $"{2000 + number}", "Maria"];

    /// <summary>A person of whom one number is not known, if it is 0.</summary>
    private static string?[] Half(int first, int second) =>
        [first == 0 ? null : $"{1000 + first}", second == 0 ? null : $"{2000 + second}", "Maria"];

    private IncrementalLinker Start(params (string Party, string?[][] Rows)[] parties)
    {
        foreach ((string party, string?[][] rows) in parties)
        {
            _ = _project.Add(party, rows);
        }

        LinkResult linked = Linker.Link(
            _project.Files, new LinkerOptions { Model = TestModels.For(_project.Schema), Seed = 1 });
        _index = RecordIndex.Create(_project.Files, new RecordIndexOptions { Model = linked.Model });
        return IncrementalLinker.Create(
            _index,
            [.. Enumerable.Range(0, linked.RecordCount).Select(record => linked.LinkIds[linked.EntityOf(record)])],
            IncrementalOptions.From(linked));
    }

    private IncrementalOptions Options() => new()
    {
        Model = TestModels.For(_project.Schema),
        Thresholds = DecisionThresholds.Default,
    };

    private PairDecision Decision(int left, int right, bool isMatch) =>
        new(_index!.Reference(left), _index.Reference(right), isMatch);

    /// <summary>The values of the person whose record has a number, by its row in the source.</summary>
    private string?[] PersonOf(int record, params int[] people)
    {
        RecordReference reference = _index!.Reference(record);
        return Person(people[_project.Parties[0].RowOf(reference.Handle)]);
    }

    private EncodedFile Message(string party, string?[] person)
    {
        using RecordEncoder encoder = new(_project.Schema, _key, party);
        using EncodedMessageWriter writer = new(encoder);
        writer.Add(person);
        _messages.Add(EncodedFile.Read(writer.Complete().Content, "message"));
        return _messages[^1];
    }
}
