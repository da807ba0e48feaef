using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs;

public sealed class RunQueueTests : IClassFixture<RunPeople>
{
    private readonly RunPeople _people;

    public RunQueueTests(RunPeople people)
    {
        _people = people;
    }

    [Fact]
    public async Task WatchRun_TakenUpAfterAnyEvent_MissesAndRepeatsNone()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        string run = await bench.StartAsync();
        Task<List<WatchRunResponse>> watching = WatchAsync(bench, run, 0);
        await bench.StartQueueAsync();

        List<WatchRunResponse> events = await watching.WaitAsync(Waiting.Patience);

        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(seen => (int)seen.Sequence));
        Assert.Equal(RunState.Queued, events[0].Run.State);
        Assert.Equal(RunState.Running, events[1].Run.State);
        Assert.Equal(RunState.Succeeded, events[^1].Run.State);
        Assert.All(events, seen => Assert.Equal(seen.Sequence, seen.Run.Sequence));
        Assert.Contains(events, seen => seen.Run.Stage.Length > 0);
        Assert.Equal(1, events[^1].Run.Attempts);
        Assert.NotNull(events[^1].Run.EndTime);
        for (int after = 0; after <= events.Count; after++)
        {
            Assert.Equal(events[after..], await WatchAsync(bench, run, after));
        }
    }

    [Fact]
    public async Task CancelRun_StillQueued_EndsItForGood()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        string run = await bench.StartAsync();

        await bench.Starter.CancelAsync(run, StoreTest.None);
        await bench.Starter.CancelAsync(run, StoreTest.None);
        await bench.StartQueueAsync();
        string second = await bench.StartAsync();

        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(second)).Latest.State);
        Assert.Equal(RunState.Canceled, bench.Reader.Get(run, withOptions: true).State);
        Assert.Equal(0, bench.Reader.Get(run, withOptions: true).Attempts);
    }

    [Fact]
    public async Task CancelRun_AtWork_LeavesNothingAndTheQueueGoesOn()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Groups);
        using SidecarMetrics metrics = new([]);
        using var gate = FigureGate.AfterStage("comparing", metrics);
        await bench.StartQueueAsync(metrics);
        string run = await bench.StartAsync();
        await gate.Reached.WaitAsync(Waiting.Patience);
        await bench.Starter.CancelAsync(run, StoreTest.None);
        gate.Open();
        Stored.Run ended = await bench.WaitForEndAsync(run);

        Assert.Equal(Stored.RunState.Cancelled, ended.Latest.State);
        Assert.Empty(bench.Store.Segments.ListResults(ended.Id));
        await RunBench.RefusedAsync(
            ErrorReason.NoResults,
            () => RunBench.ListAsync(bench.Streams.PairsAsync(new() { RunId = ended.Id }, StoreTest.None)));
        string next = await bench.StartAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(next)).Latest.State);
    }

    [Fact]
    public async Task RunQueue_RunThatEndedTheProcessEachTime_FailsInTheEnd()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        string run = await bench.StartAsync();
        for (int attempt = 0; attempt < RunQueue.MostAttempts; attempt++)
        {
            await bench.Store.Runs.ClaimNextAsync(StoreTest.None);
            bench.Close();
            await bench.OpenAsync();
        }

        await bench.StartQueueAsync();

        Assert.Equal(Stored.RunState.Failed, (await bench.WaitForEndAsync(run)).Latest.State);
        Assert.Equal("INTERNAL_ERROR", bench.Reader.Get(run, withOptions: false).FailureReason);
    }

    [Fact]
    public async Task RunQueue_ModelThatIsNone_FailsWithAReason()
    {
        await using RunBench bench = await RunBench.CreateAsync(
            _people, Stored.OutputType.Counts, terms => terms with { ModelText = "{}" });
        await bench.StartQueueAsync();
        string run = await bench.StartAsync();

        Assert.Equal(Stored.RunState.Failed, (await bench.WaitForEndAsync(run)).Latest.State);
        Assert.Equal("NOT_READY_TO_LINK", bench.Reader.Get(run, withOptions: false).FailureReason);
    }

    [Fact]
    public async Task RunQueue_FileOfAnotherKeyThanTheTerms_FailsWithAReason()
    {
        await using RunBench bench = await RunBench.CreateAsync(
            _people, Stored.OutputType.Counts, terms => terms with { CheckValue = new string('0', 32) });
        await bench.StartQueueAsync();
        string run = await bench.StartAsync();

        Assert.Equal(Stored.RunState.Failed, (await bench.WaitForEndAsync(run)).Latest.State);
        Assert.Equal("KEY_DIFFERS", bench.Reader.Get(run, withOptions: false).FailureReason);
    }

    [Fact]
    public async Task WithdrawParty_AfterARun_TakesItsResultsFromEverybody()
    {
        (RunBench bench, string run) = await RunBench.LinkAsync(_people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;

        await bench.Store.Projects.WithdrawAsync(bench.Project.Id, "schools", StoreTest.None);

        await RunBench.RefusedAsync(
            ErrorReason.NoResults,
            () => RunBench.ListAsync(bench.Streams.OwnLinksAsync(new() { RunId = run }, "health", StoreTest.None)));
        await RunBench.RefusedAsync(
            ErrorReason.NoResults, () => bench.Figures.CountAsync(run, party: null, StoreTest.None));
        Assert.Empty(bench.Store.Segments.ListResults(run));
        Assert.Equal(RunState.Canceled, bench.Reader.Get(run, withOptions: true).State);
    }

    [Fact]
    public async Task DeleteProject_AfterARun_LeavesNoRun()
    {
        (RunBench bench, string run) = await RunBench.LinkAsync(_people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;

        await bench.Store.Projects.DeleteAsync(bench.Project.Id, StoreTest.None);

        await RunBench.RefusedAsync(
            ErrorReason.UnknownResource, () => bench.Figures.CountAsync(run, party: null, StoreTest.None));
        Assert.Equal(
            ErrorReason.UnknownResource,
            Assert.Throws<RunRefusedException>(() => bench.Reader.Get(run, withOptions: true)).Reason);
    }

    private static Task<List<WatchRunResponse>> WatchAsync(RunBench bench, string run, long after) =>
        RunBench.ListAsync(bench.Reader.WatchAsync(run, after, withOptions: true, StoreTest.None));
}
