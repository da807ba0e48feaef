using Grpc.Core;
using Linkage.Core;
using Linkage.Core.Scoring;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Synthetic;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Lookup;

public sealed class LinkChangeTests(RunPeople people) : IClassFixture<RunPeople>
{
    [Fact]
    public async Task DecidePair_ThatTwoLinkedRecordsAreTwoPersons_SplitsThemNowAndInTheNextRun()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.Groups);
        await using RunBench owned = bench;
        LinkedPair pair = people.Link(new LinkerOptions()).Pairs.First(pair => pair.Decision == Decision.Match);
        DecidePairRequest request = new()
        {
            ProjectId = bench.Project.Id,
            Left = new RecordHandle { Party = pair.Left.Party, Handle = pair.Left.Handle },
            Right = new RecordHandle { Party = pair.Right.Party, Handle = pair.Right.Handle },
        };
        await using LookupServer server = await LookupServer.StartAsync(bench);

        DecidePairResponse decided = await server.Client.DecidePairAsync(request, LookupServer.AsAnalyst());

        GetLinkChangesResponse changes = await server.Client.GetLinkChangesAsync(
            new GetLinkChangesRequest { ProjectId = bench.Project.Id }, LookupServer.AsAnalyst());
        Assert.Equal(decided.ChangeSequence, changes.Changes[^1].Sequence);
        Assert.Contains(changes.Changes, change => change.Kind == LinkChangeKind.Split);
        Assert.Equal(
            (StatusCode.FailedPrecondition, "OUTPUT_NOT_AGREED"),
            await UnitHost.RefusalAsync(server.Client.GetLinkChangesAsync(
                new GetLinkChangesRequest { ProjectId = bench.Project.Id }, LookupServer.As("health"))));

        string run = await bench.StartAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(run)).Latest.State);
        List<StreamGroupsResponse> groups =
            await RunBench.ListAsync(bench.Groups.ReadAsync(new() { RunId = run }, StoreTest.None));
        Assert.DoesNotContain(
            groups.SelectMany(part => part.Groups),
            group => group.Records.Contains(request.Left) && group.Records.Contains(request.Right));
    }

    [Fact]
    public async Task GetLinkChanges_OfAParty_TellsOfItsOwnRecordsOnly()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        SyntheticRecord stranger = Stranger();
        foreach (string party in RunPeople.Parties)
        {
            await server.Client.AddRecordsAsync(
                server.Add(people.Encode(party, stranger).Content), LookupServer.As(party));
        }

        List<string> links = [];
        foreach (string party in RunPeople.Parties)
        {
            GetLinkChangesResponse changes = await server.Client.GetLinkChangesAsync(
                new GetLinkChangesRequest { ProjectId = bench.Project.Id }, LookupServer.As(party));
            RelinkedRecord record = Assert.Single(Assert.Single(changes.Changes).Records);
            Assert.Equal(party, record.Record.Party);
            links.Add(record.NewLinkId);
        }

        Assert.Single(links.Distinct());
    }

    [Fact]
    public async Task AddRecords_BeforeAFurtherRun_AreCarriedOverToIt()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        SyntheticRecord stranger = Stranger();
        string before = (await server.Client.AddRecordsAsync(
            server.Add(people.Encode("schools", stranger).Content), LookupServer.As("schools"))).Links[0].LinkId;

        string run = await bench.StartAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(run)).Latest.State);

        LookupMatch match = Assert.Single(await FindAsync(server, stranger));
        Assert.NotEqual(before, match.LinkId); // a run gives all link ids anew
        GetLinkChangesResponse changes = await server.Client.GetLinkChangesAsync(
            new GetLinkChangesRequest { ProjectId = bench.Project.Id }, LookupServer.As("schools"));
        Assert.Equal([before, match.LinkId], changes.Changes.Select(change => change.Records[0].NewLinkId));
    }

    [Fact]
    public async Task ReplaceRecord_OfAnOwnOne_FindsTheNewAndNotTheOld()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        SyntheticRecord stranger = Stranger();
        ReplaceRecordRequest request = new()
        {
            IdempotencyKey = Guid.NewGuid().ToString("N"),
            ProjectId = bench.Project.Id,
            Handle = people.EncodedHandlesOf("schools")[0],
            EncodedRecord = Google.Protobuf.ByteString.CopyFrom(people.Encode("schools", stranger).Content),
        };

        (StatusCode code, _) = await UnitHost.RefusalAsync(
            server.Client.ReplaceRecordAsync(request, LookupServer.As("health")));
        ReplaceRecordResponse replaced = await server.Client.ReplaceRecordAsync(request, LookupServer.As("schools"));

        Assert.Equal(StatusCode.FailedPrecondition, code);
        Assert.Equal(replaced, await server.Client.ReplaceRecordAsync(request, LookupServer.As("schools")));
        Assert.Equal(replaced.Link.LinkId, Assert.Single(await FindAsync(server, stranger)).LinkId);
        Assert.Empty(await FindAsync(server, people.PeopleOf("schools")[0]));
    }

    [Fact]
    public async Task ReplaceRecord_OfTheSamePerson_KeepsTheLinkIdWhetherOrNotOthersKnowThePerson()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        SyntheticRecord[] strangers = [Stranger(1), Stranger(2)];
        await server.Client.AddRecordsAsync(
            server.Add(people.Encode("benefits", strangers[0]).Content), LookupServer.As("benefits"));

        foreach (SyntheticRecord stranger in strangers)
        {
            (byte[] content, IReadOnlyList<string> handles) = people.Encode("schools", stranger);
            AddRecordsResponse added = await server.Client.AddRecordsAsync(
                server.Add(content), LookupServer.As("schools"));
            ReplaceRecordResponse replaced = await server.Client.ReplaceRecordAsync(
                new ReplaceRecordRequest
                {
                    IdempotencyKey = Guid.NewGuid().ToString("N"),
                    ProjectId = bench.Project.Id,
                    Handle = handles[0],
                    EncodedRecord = Google.Protobuf.ByteString.CopyFrom(people.Encode("schools", stranger).Content),
                },
                LookupServer.As("schools"));

            Assert.NotEqual(handles[0], replaced.Link.Handle);
            Assert.Equal(added.Links[0].LinkId, replaced.Link.LinkId);
            Assert.Equal(replaced.Link.LinkId, Assert.Single(await FindAsync(server, stranger)).LinkId);
        }
    }

    [Fact]
    public async Task AddRecords_NumbersOfItsChanges_TellNothingOfOthers()
    {
        ManualTime time = new();
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds, time: time);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        async Task<long> AddAsync(string party, int person)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return (await server.Client.AddRecordsAsync(
                server.Add(people.Encode(party, Stranger(person)).Content), LookupServer.As(party))).ChangeSequence;
        }

        long first = await AddAsync("schools", 1);
        time.Advance(TimeSpan.FromSeconds(1));
        long quiet = await AddAsync("schools", 2) - first;
        first = await AddAsync("schools", 3);
        _ = await AddAsync("health", 4);
        long busy = await AddAsync("schools", 5) - first;

        Assert.Equal(quiet, busy);
        GetLinkChangesResponse changes = await server.Client.GetLinkChangesAsync(
            new GetLinkChangesRequest { ProjectId = bench.Project.Id, AfterSequence = first },
            LookupServer.As("schools"));
        Assert.Equal(first + busy, Assert.Single(changes.Changes).Sequence);
    }

    [Fact]
    public async Task Sweep_OfAProjectThatIsIdleOrGone_LetsItGo()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        ManualTime time = new();
        LookupOptions options = new() { Burst = 1000 };
        await using LookupServer server = await LookupServer.StartAsync(bench, options, time);
        Assert.NotEmpty(await FindAsync(server, people.PeopleOf("schools")[0]));
        server.Live.Sweep();
        Assert.Equal(1, server.Live.Count);

        time.Advance(options.IdleTime);
        server.Live.Sweep();
        Assert.Equal(0, server.Live.Count);

        Assert.NotEmpty(await FindAsync(server, people.PeopleOf("schools")[0]));
        await bench.Store.Projects.EraseAsync(bench.Project.Id, StoreTest.None);
        server.Live.Sweep();
        Assert.Equal(0, server.Live.Count);
    }

    [Fact]
    public async Task LookupStream_OfACallerThatIsRevokedMeanwhile_EndsAtItsNextMessage()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        byte[] content = people.Encode("health", people.PeopleOf("schools")[0]).Content;
        LookupRequest request = server.Request(content, "schools");
        using AsyncDuplexStreamingCall<LookupRequest, LookupStreamResponse> call =
            server.Client.LookupStream(LookupServer.As("health"));
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        int told = server.Audit.Events.Count;

        server.Revoke("health");
        await call.RequestStream.WriteAsync(request);
        RpcException ended = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal((StatusCode.Unauthenticated, "NOT_IDENTIFIED"), (ended.StatusCode, UnitHost.ReasonOf(ended)));
        Assert.Equal(told, server.Audit.Events.Count);
    }

    [Fact]
    public async Task LookupStream_OfSeveralRecords_AnswersInTheirOrder()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using LookupServer server = await LookupServer.StartAsync(bench);
        using AsyncDuplexStreamingCall<LookupRequest, LookupStreamResponse> call =
            server.Client.LookupStream(LookupServer.As("health"));
        for (int i = 0; i < 20; i++)
        {
            // Every other one is a stranger.
            SyntheticRecord person = i % 2 == 0 ? people.PeopleOf("schools")[i] : Stranger(i);
            await call.RequestStream.WriteAsync(
                server.Request(people.Encode("health", person).Content, "schools"));
        }

        await call.RequestStream.CompleteAsync();

        LookupStreamResponse[] answers = [.. await RunBench.ListAsync(call.ResponseStream.ReadAllAsync())];
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), answers.Select(answer => answer.Number));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => i % 2 == 0),
            answers.Select(answer => answer.Response.Answers[0].Matches.Matches.Count > 0));
    }

    private static SyntheticRecord Stranger(int number = 0) => new PeopleGenerator(
        new PeopleOptions { PeoplePerAgency = 40, Agencies = 1, Seed = 977 }).Records(0).ElementAt(number);

    private async Task<IReadOnlyList<LookupMatch>> FindAsync(LookupServer server, SyntheticRecord person) =>
        (await server.Client.LookupAsync(
            server.Request(people.Encode("health", person).Content, "schools"),
            LookupServer.As("health"))).Answers.Single().Matches.Matches;
}
