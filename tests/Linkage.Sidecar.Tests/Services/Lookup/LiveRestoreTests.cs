using FsCheck;
using FsCheck.Fluent;
using Linkage.Core;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Synthetic;

namespace Linkage.Sidecar.Tests.Services.Lookup;

/// <summary>A project that was read anew is the one that stayed in memory.</summary>
public sealed class LiveRestoreTests(RunPeople people) : IClassFixture<RunPeople>
{
    private const int Sequences = 6;
    private const int ChangesInEach = 16;
    private const int PoolSize = 8;

    // Both twins are given the same bytes: the first one's are kept for the second.
    private (byte[] Content, IReadOnlyList<string> Handles) _encoded;

    private static Arbitrary<(string Call, int Choice)[]> Programs =>
        (from call in Gen.Elements("add", "add", "add two", "replace", "remove", "same", "apart")
         from choice in Gen.Choose(0, 9999)
         select (call, choice))
        .ArrayOf(ChangesInEach).ToArbitrary();

    [Fact]
    public void Load_AfterAnyChanges_GivesTheSameAnswersLinkIdsAndChanges() =>
        Prop.ForAll(Programs, program => RunAsync(program).GetAwaiter().GetResult()).Check(
            Config.QuickThrowOnFailure.WithMaxTest(Sequences));

    private async Task RunAsync((string Call, int Choice)[] program)
    {
        await using LiveTwin kept = await LiveTwin.LinkAsync(people);
        await using LiveTwin dropped = await LiveTwin.LinkAsync(people);
        List<Member> members = Pool();
        byte[][] questions = [.. members.Select(member => people.Encode("health", member.Person).Content)];
        foreach ((string call, int choice) in program)
        {
            _encoded = default;
            Assert.Equal(Change(kept, call, choice, [.. members]), Change(dropped, call, choice, members));
            IReadOnlyList<string> before = [.. dropped.Look(questions, id => id), .. dropped.Changes(id => id)];
            await dropped.ReloadAsync();
            Assert.Equal(before, [.. dropped.Look(questions, id => id), .. dropped.Changes(id => id)]);
        }

        // Link ids are random, so they are named by the order in which they are met.
        Assert.Equal(Seen(kept, questions), Seen(dropped, questions));
    }

    private static IReadOnlyList<string> Seen(LiveTwin twin, byte[][] questions)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal) { [""] = "none" };
        string Name(string id)
        {
            _ = names.TryAdd(id, $"entity {names.Count}");
            return names[id];
        }

        return [.. twin.Changes(Name), .. twin.Look(questions, Name)];
    }

    private bool Change(LiveTwin twin, string call, int choice, List<Member> members)
    {
        Member one = members[choice % members.Count];
        Member other = members[choice / members.Count % members.Count];
        string party = RunPeople.Parties[choice / 7 % RunPeople.Parties.Count];
        switch (call)
        {
            case "add":
                Add(twin, members, party, replaced: null, one.Person);
                return true;
            case "add two":
                Add(twin, members, party, replaced: null, one.Person, other.Person);
                return true;
            case "replace":
                _ = members.Remove(one);
                Add(twin, members, one.Party, one.Handle, choice % 3 == 0 ? other.Person : one.Person);
                return true;
            case "remove":
                _ = members.Remove(one);
                return twin.Remove(one.Party, one.Handle) == 1;
            default:
                return one != other && twin.TryDecide(new PairDecision(
                    new RecordReference(one.Party, one.Handle),
                    new RecordReference(other.Party, other.Handle),
                    call == "same"));
        }
    }

    private void Add(
        LiveTwin twin, List<Member> members, string party, string? replaced, params SyntheticRecord[] persons)
    {
        _encoded = _encoded == default ? people.Encode(party, persons) : _encoded;
        twin.Add(_encoded.Content, replaced);
        members.AddRange(persons.Zip(_encoded.Handles, (person, handle) => new Member(party, handle, person)));
    }

    // Records of people whom several parties know, so that changes meet.
    private List<Member> Pool()
    {
        IGrouping<string, Member>[] shared =
        [
            .. (from party in RunPeople.Parties
                from member in people.PeopleOf(party).Zip(
                    people.EncodedHandlesOf(party), (person, handle) => new Member(party, handle, person))
                group member by member.Person.TruthPersonId).Where(group => group.Count() > 1).Take(PoolSize),
        ];
        return [.. shared.SelectMany(group => group)];
    }

    private sealed record Member(string Party, string Handle, SyntheticRecord Person);
}
