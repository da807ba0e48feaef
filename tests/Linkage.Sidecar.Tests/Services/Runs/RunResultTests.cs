using Google.Protobuf;
using Linkage.Core;
using Linkage.Core.Scoring;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs;

public sealed class RunResultTests : IClassFixture<RunPeople>
{
    private const ulong Seed = 11;

    private readonly RunPeople _people;

    public RunResultTests(RunPeople people)
    {
        _people = people;
    }

    [Fact]
    public async Task StreamPairs_OfARun_AreExactlyTheLinkersOnTheSameFiles()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.Groups);
        await using RunBench owned = bench;
        LinkResult expected = _people.Link(new LinkerOptions { Seed = Seed });

        List<StreamPairsResponse> parts =
            await RunBench.ListAsync(bench.Streams.PairsAsync(new() { RunId = run }, StoreTest.None));

        Assert.NotEmpty(expected.Pairs);
        Assert.All(parts, part => Assert.Equal(expected.Pairs.Count, part.TotalRows));
        Assert.Equal(
            expected.Pairs.Select(pair => PairOf(pair, expected.Model.Comparisons.Count)),
            parts.SelectMany(part => part.Pairs));
    }

    [Fact]
    public async Task StreamGroups_OfARun_AreExactlyTheLinkersEntities()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.Groups);
        await using RunBench owned = bench;
        LinkedGroup[] expected = GroupsOf(_people.Link(new LinkerOptions { Seed = Seed }));

        List<StreamGroupsResponse> linked =
            await RunBench.ListAsync(bench.Groups.ReadAsync(new() { RunId = run }, StoreTest.None));
        List<StreamGroupsResponse> all = await RunBench.ListAsync(
            bench.Groups.ReadAsync(new() { RunId = run, IncludeSingleRecords = true }, StoreTest.None));

        Assert.Contains(expected, group => group.Records.Count == 1);
        Assert.Contains(expected, group => group.Records.Count == 3);
        Assert.Equal(expected, all.SelectMany(part => part.Groups));
        Assert.Equal(expected.Where(group => group.Records.Count > 1), linked.SelectMany(part => part.Groups));
    }

    [Fact]
    public async Task Streams_TakenUpAtAnyPosition_GoOnWithThatVeryRow()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.Groups);
        await using RunBench owned = bench;
        ScoredRecordPair[] pairs = await PairsFromAsync(bench, run, 0);
        LinkedGroup[] groups = await GroupsFromAsync(bench, run, 0);
        Random random = new(3);
        for (int i = 0; i < 20; i++)
        {
            int pair = random.Next(pairs.Length + 1);
            int group = random.Next(groups.Length + 1);

            Assert.Equal(pairs[pair..], await PairsFromAsync(bench, run, pair));
            Assert.Equal(groups[group..], await GroupsFromAsync(bench, run, group));
        }

        await RunBench.RefusedAsync(ErrorReason.BadFields, () => PairsFromAsync(bench, run, pairs.Length + 1));
        await RunBench.RefusedAsync(ErrorReason.BadFields, () => PairsFromAsync(bench, run, -1));
        await RunBench.RefusedAsync(ErrorReason.BadFields, () => GroupsFromAsync(bench, run, groups.Length + 1));
    }

    [Fact]
    public async Task StreamOwnLinks_OfEachParty_TellItsOwnRecordsOnly()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        LinkResult expected = _people.Link(new LinkerOptions { Seed = Seed });
        foreach (string party in RunPeople.Parties)
        {
            List<StreamOwnLinksResponse> parts = await RunBench.ListAsync(
                bench.Streams.OwnLinksAsync(new() { RunId = run }, party, StoreTest.None));

            Assert.Equal(
                Enumerable.Range(0, expected.RecordCount)
                    .Where(record => expected.Record(record).Party == party)
                    .Select(record => (expected.Record(record).Handle, expected.LinkIds[expected.EntityOf(record)])),
                parts.SelectMany(part => part.Links).Select(link => (link.Handle, link.LinkId)));
            AssertNothingOfOthers(party, parts);
        }
    }

    [Fact]
    public async Task StreamPermutation_OfAllParties_MeetAtLinkedPlacesAndOnlyThere()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.PermutationAndMask);
        await using RunBench owned = bench;
        bool[] mask = await MaskFromAsync(bench, run, 0);
        Dictionary<string, Dictionary<long, string>> placed = [];
        foreach (string party in RunPeople.Parties)
        {
            List<StreamPermutationResponse> parts = await RunBench.ListAsync(
                bench.Streams.PlacementAsync(new() { RunId = run }, party, StoreTest.None));
            placed[party] = parts.SelectMany(part => part.Placed.Records)
                .ToDictionary(record => record.Place, record => record.Handle);
            Assert.Equal(_people.HandlesOf(party), parts.SelectMany(part => part.Placed.Records).Select(r => r.Handle));
            Assert.All(placed[party].Keys, place => Assert.InRange(place, 0, mask.Length - 1));
            AssertNothingOfOthers(party, parts);
        }

        IEnumerable<string> expected = GroupsOf(_people.Link(new LinkerOptions { Seed = Seed }))
            .Where(group => group.Records.Count == RunPeople.Parties.Count)
            .Select(group => string.Join(' ', group.Records.Select(record => record.Handle)));
        IEnumerable<string> found = Enumerable.Range(0, mask.Length).Where(place => mask[place])
            .Select(place => string.Join(' ', RunPeople.Parties.Select(party => placed[party][place])));
        Assert.Equal(expected.Order(), found.Order());
        for (int start = 0; start <= mask.Length; start += 37)
        {
            Assert.Equal(mask[start..], await MaskFromAsync(bench, run, start));
        }
    }

    [Fact]
    public async Task Results_OfAnotherOutput_AreRefused()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.Counts);
        await using RunBench owned = bench;

        await RunBench.RefusedAsync(ErrorReason.OutputNotAgreed, () => PairsFromAsync(bench, run, 0));
        await RunBench.RefusedAsync(ErrorReason.OutputNotAgreed, () => GroupsFromAsync(bench, run, 0));
        await RunBench.RefusedAsync(ErrorReason.OutputNotAgreed, () => MaskFromAsync(bench, run, 0));
        await RunBench.RefusedAsync(
            ErrorReason.OutputNotAgreed,
            () => RunBench.ListAsync(bench.Streams.OwnLinksAsync(new() { RunId = run }, "health", StoreTest.None)));
        await RunBench.RefusedAsync(
            ErrorReason.OutputNotAgreed,
            () => bench.Figures.ReportAsync(new() { RunId = run, Kind = ReportKind.Html }, StoreTest.None));
        Stored.Segment kept = Assert.Single(bench.Store.Segments.ListResults(run)); // the numbers, and nothing else
        Assert.Equal(Stored.SegmentKind.RunFacts, kept.Kind);
    }

    [Fact]
    public async Task GetReport_OfEachKind_IsTheToolsFile()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.LinkIds);
        await using RunBench owned = bench;

        GetReportResponse html = await ReportAsync(bench, run, ReportKind.Html);
        GetReportResponse model = await ReportAsync(bench, run, ReportKind.ModelJson);
        GetReportResponse facts = await ReportAsync(bench, run, ReportKind.RunJson);

        Assert.StartsWith("<!doctype html>", html.Content.ToStringUtf8(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("linkage-model/1", model.Content.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Contains("expectedMatches", facts.Content.ToStringUtf8(), StringComparison.Ordinal);
        await RunBench.RefusedAsync(ErrorReason.BadFields, () => ReportAsync(bench, run, ReportKind.Unspecified));
    }

    [Fact]
    public async Task GetCounts_ToAPartyAndTheAnalyst_TellWhatEachMayKnow()
    {
        (RunBench bench, string run) = await LinkAsync(Stored.OutputType.Counts);
        await using RunBench owned = bench;

        GetCountsResponse analyst = await bench.Figures.CountAsync(run, party: null, StoreTest.None);
        GetCountsResponse party = await bench.Figures.CountAsync(run, "health", StoreTest.None);

        Assert.Equal(RunPeople.Parties, analyst.Parties.Select(count => count.Party));
        Assert.Equal(_people.HandlesOf("health").Count, analyst.Parties[0].Records.Count);
        Assert.Equal(7, analyst.Overlaps.Count);
        Assert.True(analyst.HasExpectedFalseDiscovery);
        Assert.Equal([analyst.Parties[0]], party.Parties);
        Assert.Equal(analyst.Overlaps.Where(overlap => overlap.Parties.Contains("health")), party.Overlaps);
        Assert.False(party.HasExpectedFalseDiscovery);
        Assert.Equal(10, party.SmallestCount);
    }

    private Task<(RunBench Bench, string RunId)> LinkAsync(Stored.OutputType output) =>
        RunBench.LinkAsync(_people, output, new RunOptions { Seed = Seed });

    private static Task<GetReportResponse> ReportAsync(RunBench bench, string run, ReportKind kind) =>
        bench.Figures.ReportAsync(new GetReportRequest { RunId = run, Kind = kind }, StoreTest.None);

    private static async Task<ScoredRecordPair[]> PairsFromAsync(RunBench bench, string run, long start) =>
    [
        .. (await RunBench.ListAsync(bench.Streams.PairsAsync(
            new() { RunId = run, StartPosition = start }, StoreTest.None))).SelectMany(part => part.Pairs),
    ];

    private static async Task<LinkedGroup[]> GroupsFromAsync(RunBench bench, string run, long start) =>
    [
        .. (await RunBench.ListAsync(bench.Groups.ReadAsync(
            new() { RunId = run, StartPosition = start }, StoreTest.None))).SelectMany(part => part.Groups),
    ];

    private static async Task<bool[]> MaskFromAsync(RunBench bench, string run, long start) =>
    [
        .. (await RunBench.ListAsync(bench.Streams.MaskAsync(
            new() { RunId = run, StartPosition = start }, StoreTest.None))).SelectMany(BitsOf),
    ];

    private static IEnumerable<bool> BitsOf(StreamPermutationResponse part) =>
        Enumerable.Range(0, part.Mask.Places).Select(place => (part.Mask.Bits[place / 8] >> (place % 8) & 1) != 0);

    private static LinkedGroup[] GroupsOf(LinkResult result) =>
    [
        .. Enumerable.Range(0, result.RecordCount)
            .GroupBy(result.EntityOf, result.Record)
            .Select(entity => new LinkedGroup
            {
                LinkId = result.LinkIds[entity.Key],
                Records = { entity.Select(HandleOf) },
            })
            .OrderBy(group => group.LinkId, StringComparer.Ordinal),
    ];

    private static ScoredRecordPair PairOf(LinkedPair pair, int comparisons) => new()
    {
        Left = HandleOf(pair.Left),
        Right = HandleOf(pair.Right),
        Weight = pair.Weight.Bits,
        Probability = pair.Probability.Value,
        Decision = pair.Decision switch
        {
            Decision.Match => LinkDecision.Match,
            Decision.Possible => LinkDecision.Possible,
            _ => LinkDecision.NonMatch,
        },
        Pattern = pair.Vector.ToPattern(comparisons),
    };

    private static RecordHandle HandleOf(RecordReference record) =>
        new() { Party = record.Party, Handle = record.Handle };

    private void AssertNothingOfOthers(string party, IEnumerable<IMessage> parts)
    {
        string sent = string.Concat(parts.Select(part => System.Text.Encoding.UTF8.GetString(part.ToByteArray())));
        Assert.All(_people.HandlesOf(party), handle => Assert.Contains(handle, sent, StringComparison.Ordinal));
        foreach (string other in RunPeople.Parties.Where(other => other != party))
        {
            Assert.DoesNotContain(other, sent, StringComparison.Ordinal);
            Assert.DoesNotContain(
                _people.HandlesOf(other), handle => sent.Contains(handle, StringComparison.Ordinal));
        }
    }
}
