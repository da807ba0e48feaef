using Grpc.Core;
using Linkage.Core;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs;

public sealed class LinkageServiceTests : IClassFixture<RunPeople>
{
    private const string Key = "a-key-of-the-test";

    private readonly RunPeople _people;

    public LinkageServiceTests(RunPeople people)
    {
        _people = people;
    }

    [Fact]
    public async Task Run_StartedWatchedAndRead_GivesEachPartyItsLinkIds()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.LinkIds);
        await using RunServer server = await RunServer.StartAsync(bench);
        Run started = await StartAsync(server, bench);

        List<WatchRunResponse> seen = await RunServer.ReadAsync(
            server.Client.WatchRun(new() { RunId = started.Id }, RunServer.AsParty("health")));

        Assert.Equal(RunState.Succeeded, seen[^1].Run.State);
        Assert.All(seen, change => Assert.Null(change.Run.Options));
        Assert.Equal(7UL, started.Options.Seed);
        LinkResult expected = _people.Link(new LinkerOptions { Seed = 7 });
        foreach (string party in RunPeople.Parties)
        {
            List<StreamOwnLinksResponse> parts = await RunServer.ReadAsync(
                server.Client.StreamOwnLinks(new() { RunId = started.Id }, RunServer.AsParty(party)));
            Assert.Equal(
                Enumerable.Range(0, expected.RecordCount).Where(record => expected.Record(record).Party == party)
                    .Select(record => (expected.Record(record).Handle, expected.LinkIds[expected.EntityOf(record)])),
                parts.SelectMany(part => part.Links).Select(link => (link.Handle, link.LinkId)));
        }
    }

    [Fact]
    public async Task Results_AskedForByWhomTheyAreNotFor_AreDenied()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Groups);
        await using RunServer server = await RunServer.StartAsync(bench);
        string run = (await StartAsync(server, bench)).Id;
        await bench.WaitForEndAsync(run);
        CallOptions party = RunServer.AsParty("health");
        CallOptions keeper = RunServer.As(CallerRoles.Operator, "keeper");
        CallOptions stranger = RunServer.AsParty("stranger");
        CallOptions analyst = RunServer.AsAnalyst();
        CallOptions nobody = default;
        LinkageService.LinkageServiceClient client = server.Client;

        (StatusCode Expected, Task<StatusCode> Got)[] calls =
        [
            (StatusCode.PermissionDenied, RefusedAsync(client.StreamPairs(new() { RunId = run }, party))),
            (StatusCode.PermissionDenied, RefusedAsync(client.StreamGroups(new() { RunId = run }, party))),
            (StatusCode.PermissionDenied, RefusedAsync(client.StreamPairs(new() { RunId = run }, keeper))),
            (StatusCode.PermissionDenied, RefusedAsync(client.StreamOwnLinks(new() { RunId = run }, analyst))),
            (StatusCode.FailedPrecondition, RefusedAsync(client.StreamOwnLinks(new() { RunId = run }, party))),
            (StatusCode.NotFound, RefusedAsync(client.StreamOwnLinks(new() { RunId = run }, stranger))),
            (StatusCode.Unauthenticated, RefusedAsync(client.StreamPairs(new() { RunId = run }, nobody))),
        ];
        foreach ((StatusCode expected, Task<StatusCode> got) in calls)
        {
            Assert.Equal(expected, await got);
        }

        Assert.NotEmpty(await RunServer.ReadAsync(client.StreamPairs(new() { RunId = run }, analyst)));
    }

    [Fact]
    public async Task StreamPairs_CutOffAndTakenUp_GivesWhatWasLeft()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Groups);
        await using RunServer server = await RunServer.StartAsync(bench);
        string run = (await StartAsync(server, bench)).Id;
        await bench.WaitForEndAsync(run);
        ScoredRecordPair[] all = await PairsAsync(server, run, 0);

        ScoredRecordPair[] rest = await PairsAsync(server, run, 100);

        Assert.Equal(all[100..], rest);
    }

    [Fact]
    public async Task GetRun_OfAFailedPrecondition_NamesTheReason()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts, withFiles: false);
        await using RunServer server = await RunServer.StartAsync(bench);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => StartAsync(server, bench));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        byte[] details = refused.Trailers.Single(entry => entry.Key == "grpc-status-details-bin").ValueBytes;
        Google.Rpc.ErrorInfo info = Google.Rpc.Status.Parser.ParseFrom(details).Details[0]
            .Unpack<Google.Rpc.ErrorInfo>();
        Assert.Equal("NOT_READY_TO_LINK", info.Reason);
        Assert.Equal("linkage.v1", info.Domain);
    }

    [Fact]
    public async Task ListRuns_PageByPage_GivesAllOnce()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        List<string> started = [];
        for (int i = 0; i < 5; i++)
        {
            started.Add(await bench.StartAsync());
            await bench.Starter.CancelAsync(started[^1], CancellationToken.None);
        }

        await using RunServer server = await RunServer.StartAsync(bench);
        List<Run> listed = [];
        ListRunsRequest request = new() { ProjectId = bench.Project.Id, PageSize = 2 };
        do
        {
            ListRunsResponse page = await server.Client.ListRunsAsync(request, RunServer.AsParty("schools"));
            listed.AddRange(page.Runs);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(started.Order(), listed.Select(run => run.Id).Order());
        Assert.Equal(listed.OrderBy(run => run.CreateTime.ToDateTime()), listed);
        Assert.All(listed, run => Assert.Equal(RunState.Canceled, run.State));
    }

    [Fact]
    public async Task StartRun_SameKeyWhileItIsAtWork_GivesTheSameRun()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        await using RunServer server = await RunServer.StartAsync(bench);

        Run first = await StartAsync(server, bench);
        Run again = await StartAsync(server, bench); // the run takes longer than the call

        Assert.Equal(first.Id, again.Id);
        Assert.Single(bench.Reader.List(bench.Project.Id, Stored.ListCursor.Start));
    }

    [Fact]
    public async Task StartRun_SameKeyAfterItEnded_GivesTheSameRun()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        await using RunServer server = await RunServer.StartAsync(bench);
        Run first = await StartAsync(server, bench);
        await bench.WaitForEndAsync(first.Id);

        Run again = await StartAsync(server, bench);
        CancelRunResponse canceled =
            await server.Client.CancelRunAsync(new() { RunId = first.Id }, RunServer.AsAnalyst());

        Assert.Equal(first.Id, again.Id);
        Assert.Equal(RunState.Succeeded, again.State);
        Assert.Equal(RunState.Succeeded, canceled.Run.State);
    }

    private static Task<StatusCode> RefusedAsync<T>(AsyncServerStreamingCall<T> call) => RunServer.RefusedAsync(call);

    private static async Task<Run> StartAsync(RunServer server, RunBench bench)
    {
        StartRunRequest request = new()
        {
            IdempotencyKey = Key,
            ProjectId = bench.Project.Id,
            Options = new RunOptions { Seed = 7 },
        };
        return (await server.Client.StartRunAsync(request, RunServer.AsAnalyst())).Run;
    }

    private static async Task<ScoredRecordPair[]> PairsAsync(RunServer server, string run, long start) =>
    [
        .. (await RunServer.ReadAsync(server.Client.StreamPairs(
            new() { RunId = run, StartPosition = start }, RunServer.AsAnalyst()))).SelectMany(part => part.Pairs),
    ];
}
