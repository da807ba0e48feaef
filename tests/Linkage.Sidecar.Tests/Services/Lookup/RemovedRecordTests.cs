using System.Text;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Model;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Synthetic;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Lookup;

/// <summary>Records that their party has removed: no run, no lookup and no file knows them any more.</summary>
public sealed class RemovedRecordTests(RunPeople people) : IClassFixture<RunPeople>
{
    private static readonly Dictionary<string, int> Removed = new() { ["health"] = 12, ["schools"] = 40 };

    [Fact]
    public async Task StartRun_AfterRemovals_GivesWhatFilesEncodedWithoutTheRecordsGive()
    {
        FellegiSunterModel model = people.Link(new LinkerOptions()).Model;
        (RunBench bench, _) = await RunBench.LinkAsync(
            people, Stored.OutputType.Groups, change: terms => terms with { ModelText = TextOf(model) });
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        foreach ((string party, int count) in Removed)
        {
            await RemoveAsync(server, bench, party, [.. people.EncodedHandlesOf(party).Take(count)]);
        }

        string run = await bench.StartAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(run)).Latest.State);

        (string[] pairs, string[] entities) = LinkWithoutThem(model);
        Dictionary<string, string> names = RunPeople.Parties
            .SelectMany(party => people.EncodedHandlesOf(party).Select((handle, i) => (handle, $"{party}#{i}")))
            .ToDictionary();
        List<StreamPairsResponse> told =
            await RunBench.ListAsync(bench.Streams.PairsAsync(new() { RunId = run }, StoreTest.None));
        Assert.Equal(pairs, told.SelectMany(part => part.Pairs)
            .Where(pair => pair.Decision != LinkDecision.NonMatch)
            .Select(pair =>
                $"{names[pair.Left.Handle]} {names[pair.Right.Handle]} {pair.Decision} {pair.Probability:R}")
            .Order(StringComparer.Ordinal));
        Assert.Equal(entities, (await GroupsAsync(bench, run))
            .Select(group => string.Join(' ', group.Records.Select(record => names[record.Handle]).Order()))
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lookup_AfterAFurtherRun_FindsTheOthersAndNobodyWhoWasRemoved()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        IReadOnlyList<string> handles = people.EncodedHandlesOf("schools");
        await RemoveAsync(server, bench, "schools", handles[0], handles[1]);

        string run = await bench.StartAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(run)).Latest.State);

        Assert.Empty(await FindAsync(server, people.PeopleOf("schools")[0]));
        Assert.NotEmpty(await FindAsync(server, people.PeopleOf("schools")[2]));
        List<StreamOwnLinksResponse> own = await RunBench.ListAsync(
            bench.Streams.OwnLinksAsync(new() { RunId = run }, "schools", StoreTest.None));
        Assert.Equal(
            handles.Skip(2).Order(StringComparer.Ordinal),
            own.SelectMany(part => part.Links).Select(link => link.Handle));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erase_RemovedRecords_LeavesNoByteOfThemAndEveryAnswerAsItWas(bool isEncrypted)
    {
        (RunBench bench, string run) = await RunBench.LinkAsync(
            people, Stored.OutputType.LinkIds, isEncrypted: isEncrypted);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        IReadOnlyList<string> handles = people.EncodedHandlesOf("schools");
        Canary canary = new();
        using (var file = EncodedFile.Open(people.PathOf("schools")))
        {
            // An encrypted file has to go as it is: every byte of it may hold the record.
            Stored.Segment segment = bench.Store.Segments.ListEncodings(bench.Project.Id, "schools").Single();
            _ = isEncrypted
                ? canary.Add(await File.ReadAllBytesAsync(bench.Store.Segments.PathOf(segment)))
                : canary.AddRows(file, handles[0], people.PathOf("health"), people.PathOf("benefits"));
        }

        IReadOnlyList<LookupMatch> known = await FindAsync(server, people.PeopleOf("schools")[3]);
        Assert.NotEmpty(known);
        Assert.NotEmpty(canary.FindIn(bench.Folder));
        await RemoveAsync(server, bench, "schools", handles[0]);
        Assert.NotEmpty(canary.FindIn(bench.Folder)); // the call itself is quick

        Assert.True(await bench.Store.Erasure.EraseAsync(bench.Project.Id, runId: null, StoreTest.None));

        Assert.Empty(canary.FindIn(bench.Folder));
        AssertLinksFit(bench, run);
        Assert.Equal(known, await FindAsync(server, people.PeopleOf("schools")[3]));
        server.Live.Sweep();
        Assert.Equal(0, server.Live.Count); // it had the old file open
        Assert.Equal(known, await FindAsync(server, people.PeopleOf("schools")[3]));
        Assert.Empty(await FindAsync(server, people.PeopleOf("schools")[0]));
        Assert.Empty(Directory.EnumerateFiles(Path.Join(bench.Folder, "uploads")));
        Assert.Empty(bench.Store.Erasure.ListDue(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task RemoveRecords_OfOneOfTwoThatWereAddedTogether_LeavesNoByteOfItAndTheOther()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        SyntheticRecord[] strangers = Strangers(2);
        (byte[] content, IReadOnlyList<string> handles) = people.Encode("schools", strangers);
        using var added = EncodedFile.Read(content, "added");
        Canary canary = new Canary().AddRows(added, handles[0]);
        await using (LookupServer server = await LookupServer.StartAsync(bench))
        {
            await server.Client.AddRecordsAsync(server.Add(content), LookupServer.As("schools"));
            Assert.NotEmpty(canary.FindIn(bench.Folder));

            await RemoveAsync(server, bench, "schools", handles[0]);
            await bench.Store.Uploads.ExpireAsync(DateTimeOffset.MinValue, StoreTest.None); // empties the log

            Assert.Empty(canary.FindIn(bench.Folder));
            Assert.Empty(bench.Store.Erasure.ListDue(DateTimeOffset.MaxValue)); // no file had it
        }

        bench.Close();
        await bench.OpenAsync();
        await using LookupServer restarted = await LookupServer.StartAsync(bench);
        Assert.Empty(await FindAsync(restarted, strangers[0]));
        Assert.NotEmpty(await FindAsync(restarted, strangers[1]));
        await RemoveAsync(restarted, bench, "schools", handles[1]);
        Assert.Empty(await FindAsync(restarted, strangers[1]));
    }

    [Fact]
    public async Task StartRun_OverASecondCopyOfTheFile_LeavesTheRemovedRecordOut()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        byte[] content = await File.ReadAllBytesAsync(people.PathOf("schools"));
        await StoreTest.UploadAsync(bench.Store, bench.Project, "schools", content);
        await using LookupServer server = await LookupServer.StartAsync(bench);
        await RemoveAsync(server, bench, "schools", people.EncodedHandlesOf("schools")[0]);

        string run = await bench.StartAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(run)).Latest.State);

        List<StreamOwnLinksResponse> own = await RunBench.ListAsync(
            bench.Streams.OwnLinksAsync(new() { RunId = run }, "schools", StoreTest.None));
        Assert.DoesNotContain(
            people.EncodedHandlesOf("schools")[0], own.SelectMany(part => part.Links).Select(link => link.Handle));
        Assert.Empty(await FindAsync(server, people.PeopleOf("schools")[0]));
    }

    [Fact]
    public async Task Erase_WhileARunWaits_IsLeftToTheRun()
    {
        (RunBench bench, string first) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await bench.StopQueueAsync();
        await using LookupServer server = await LookupServer.StartAsync(bench);
        await RemoveAsync(server, bench, "schools", people.EncodedHandlesOf("schools")[0]);
        string second = await bench.StartAsync();

        Assert.False(await bench.Store.Erasure.EraseAsync(bench.Project.Id, runId: null, StoreTest.None));
        Assert.NotEmpty(bench.Store.Erasure.ListDue(DateTimeOffset.MaxValue));

        await bench.StartQueueAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(second)).Latest.State);
        Assert.Empty(bench.Store.Erasure.ListDue(DateTimeOffset.MaxValue));
        AssertLinksFit(bench, first);
        AssertLinksFit(bench, second);
    }

    internal static async Task RemoveAsync(
        LookupServer server, RunBench bench, string party, params IReadOnlyList<string> handles)
    {
        RemoveRecordsResponse removed = await server.Client.RemoveRecordsAsync(
            new RemoveRecordsRequest { ProjectId = bench.Project.Id, Handles = { handles } }, LookupServer.As(party));
        Assert.Equal(handles.Count, removed.Removed);
    }

    // Link ids go by the place of a record in its file.
    private static void AssertLinksFit(RunBench bench, string run)
    {
        long records = 0;
        foreach (Stored.Segment input in bench.Store.Runs.ListInputs(run))
        {
            using EncodedFile file = bench.Store.Segments.OpenEncoded(input);
            records += file.Header.RecordCount;
        }

        Stored.Segment links = bench.Store.Segments.ListResults(run)
            .Single(result => result.Name == Stored.AddedStore.LinksResult);
        Assert.Equal(16 * records, links.Length);
    }

    private static SyntheticRecord[] Strangers(int count) =>
    [
        .. new PeopleGenerator(new PeopleOptions { PeoplePerAgency = count, Agencies = 1, Seed = 977 })
            .Records(0).Take(count),
    ];

    private static string TextOf(FellegiSunterModel model)
    {
        using TemporaryFolder folder = new();
        string path = Path.Join(folder.Path, "model.json");
        model.Save(path);
        return File.ReadAllText(path);
    }

    private static async Task<IEnumerable<LinkedGroup>> GroupsAsync(RunBench bench, string run) =>
        (await RunBench.ListAsync(bench.Groups.ReadAsync(
            new() { RunId = run, IncludeSingleRecords = true }, StoreTest.None))).SelectMany(part => part.Groups);

    // All is encoded anew, so a record is known by its place among its party's people.
    private (string[] Pairs, string[] Entities) LinkWithoutThem(FellegiSunterModel model)
    {
        Dictionary<string, string> names = [];
        List<EncodedFile> files = [];
        foreach (string party in RunPeople.Parties)
        {
            int gone = Removed.GetValueOrDefault(party);
            (byte[] content, IReadOnlyList<string> handles) = people.Encode(party, people.PeopleOf(party).Skip(gone));
            files.Add(EncodedFile.Read(content, party));
            foreach ((int i, string handle) in handles.Index())
            {
                names.Add(handle, $"{party}#{gone + i}");
            }
        }

        LinkResult result = Linker.Link(files, RunOptionRules.ToLinkerOptions(new RunOptions()) with
        {
            Model = model,
            Schema = LinkageSchema.Parse(
                Encoding.UTF8.GetBytes(people.Terms(Stored.OutputType.Groups).SchemaText)),
        });
        string[] pairs =
        [
            .. result.Pairs.Where(pair => pair.Decision != Core.Scoring.Decision.NonMatch)
                .Select(pair => $"{names[pair.Left.Handle]} {names[pair.Right.Handle]} {pair.Decision} "
                    + $"{pair.Probability.Value:R}")
                .Order(StringComparer.Ordinal),
        ];
        string[] entities =
        [
            .. Enumerable.Range(0, result.RecordCount).GroupBy(result.EntityOf)
                .Select(entity => string.Join(
                    ' ', entity.Select(record => names[result.Record(record).Handle]).Order()))
                .Order(StringComparer.Ordinal),
        ];
        files.ForEach(file => file.Dispose());
        return (pairs, entities);
    }

    private async Task<IReadOnlyList<LookupMatch>> FindAsync(LookupServer server, SyntheticRecord person) =>
        (await server.Client.LookupAsync(
            server.Request(people.Encode("health", person).Content, "schools"),
            LookupServer.As("health"))).Answers.Single().Matches.Matches;
}
