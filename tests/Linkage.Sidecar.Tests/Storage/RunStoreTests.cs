using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class RunStoreTests : StoreTestBase
{
    private readonly byte[] _pairs = Content(1000, seed: 3);
    private Project _project = null!;
    private Segment _input = null!;

    private RunStore Runs => Store.Runs;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _project = await AgreedAsync(Store, "health", "benefits");
        _input = await UploadAsync(Store, _project, "health", Content(100, seed: 1));
    }

    [Fact]
    public async Task Run_QueuedClaimedCompleted_KeepsItsResultsAndItsHistory()
    {
        Run queued = await QueueAsync(Store, _project, _input);
        Run claimed = (await Runs.ClaimNextAsync(None))!;
        await Runs.ReportAsync(claimed.Id, 1, new RunProgress("score", 3, 9), None);

        Run done = await FinishAsync(Store, claimed, _pairs);

        Assert.Equal((queued.Id, 1), (claimed.Id, claimed.Attempt));
        Assert.Equal((RunState.Done, 4L), (done.Latest.State, done.Latest.Sequence));
        Segment result = Assert.Single(Store.Segments.ListResults(done.Id));
        Assert.Equal(_pairs, await File.ReadAllBytesAsync(Store.Segments.PathOf(result)));
        Assert.Equal([_input.Id], Runs.ListInputs(done.Id).Select(input => input.Id));
        IReadOnlyList<RunEvent> events = Runs.ListEvents(done.Id, 1, 10);
        Assert.Equal([2L, 3L, 4L], events.Select(one => one.Sequence));
        Assert.Equal(new RunProgress("score", 3, 9), events[1].Progress);
        Assert.Empty(Files(FolderPath, "uploads"));
    }

    [Fact]
    public async Task Claim_SeveralQueued_GivesTheOldestOnce()
    {
        Run first = await QueueAsync(Store, _project, _input);
        Run second = await QueueAsync(Store, _project, _input);

        Assert.Equal(first.Id, (await Runs.ClaimNextAsync(None))!.Id);
        Assert.Equal(second.Id, (await Runs.ClaimNextAsync(None))!.Id);
        Assert.Null(await Runs.ClaimNextAsync(None));
    }

    [Fact]
    public async Task Queue_SameRequestTwice_StartsOneRun()
    {
        Run first = await Runs.QueueAsync(_project.Id, "{}", [_input.Id], Request("r"), None);
        Run second = await Runs.QueueAsync(_project.Id, "{}", [_input.Id], Request("r"), None);

        Assert.Equal(first.Id, second.Id);
        Assert.Single(Runs.List(_project.Id, "", 10));
    }

    [Fact]
    public async Task Queue_FileOfAnotherProject_IsRefused()
    {
        Project other = await AgreedAsync(Store, "health");

        await RefusedAsync(StoreRefusal.NotFound, () => QueueAsync(Store, other, _input));
        Assert.Empty(Runs.List(other.Id, "", 10));
    }

    [Fact]
    public async Task Open_RunWasRunning_IsQueuedAgainAndTheOlderAttemptIsRefused()
    {
        await QueueAsync(Store, _project, _input);
        Run first = (await Runs.ClaimNextAsync(None))!;

        await ReopenAsync(_ => { });

        await RefusedAsync(StoreRefusal.Stale, () => FinishAsync(Store, first, _pairs));
        Run second = (await Runs.ClaimNextAsync(None))!;
        Assert.Equal((first.Id, 2), (second.Id, second.Attempt));
        await RefusedAsync(StoreRefusal.Stale, () => FinishAsync(Store, first, _pairs));
        Assert.Equal([$"{_input.Id}.lke"], Files(FolderPath, "segments"));
        Assert.Equal(RunState.Done, (await FinishAsync(Store, second, _pairs)).Latest.State);
    }

    [Fact]
    public async Task Cancel_RunningRun_RefusesTheWorkersNextCall()
    {
        await QueueAsync(Store, _project, _input);
        Run run = (await Runs.ClaimNextAsync(None))!;

        await Runs.CancelAsync(run.Id, None);
        await Runs.CancelAsync(run.Id, None);

        await RefusedAsync(StoreRefusal.WrongState, () => Runs.ReportAsync(run.Id, 1, RunProgress.None, None));
        await RefusedAsync(StoreRefusal.WrongState, () => FinishAsync(Store, run, _pairs));
        Assert.Equal((RunState.Cancelled, 3L), (Runs.Find(run.Id)!.Latest.State, Runs.Find(run.Id)!.Latest.Sequence));
        Assert.Empty(Files(FolderPath, "uploads"));
    }

    [Fact]
    public async Task Cancel_EndedRun_IsRefusedAndKeepsItsResults()
    {
        await QueueAsync(Store, _project, _input);
        Run done = await FinishAsync(Store, (await Runs.ClaimNextAsync(None))!, _pairs);

        await RefusedAsync(StoreRefusal.WrongState, () => Runs.CancelAsync(done.Id, None));
        Assert.Single(Store.Segments.ListResults(done.Id));
    }

    [Fact]
    public async Task Fail_RunningRun_KeepsTheReason()
    {
        await QueueAsync(Store, _project, _input);
        Run run = (await Runs.ClaimNextAsync(None))!;

        Run failed = await Runs.FailAsync(run.Id, run.Attempt, "no candidate pair", None);

        Assert.Equal((RunState.Failed, "no candidate pair"), (failed.Latest.State, failed.Failure));
    }

    [Fact]
    public async Task Wait_EventComes_Returns()
    {
        Run queued = await QueueAsync(Store, _project, _input);
        Task<Run?> waiting = Runs.WaitAsync(queued.Id, queued.Latest.Sequence, None);
        Assert.False(waiting.IsCompleted);

        await Runs.ClaimNextAsync(None);

        Run? seen = await waiting.WaitAsync(Waiting.Patience);
        Assert.Equal(RunState.Running, seen!.Latest.State);
    }

    [Fact]
    public async Task Wait_ProjectDeleted_ReturnsNull()
    {
        Run queued = await QueueAsync(Store, _project, _input);
        Task<Run?> waiting = Runs.WaitAsync(queued.Id, queued.Latest.Sequence, None);

        await Store.Projects.DeleteAsync(_project.Id, None);

        Assert.Null(await waiting.WaitAsync(Waiting.Patience));
    }

    [Fact]
    public async Task WaitForWork_RunQueued_Returns()
    {
        using CancellationTokenSource stop = new();
        Task waiting = Runs.WaitForWorkAsync(stop.Token);
        Assert.False(waiting.IsCompleted);

        await QueueAsync(Store, _project, _input);
        await waiting.WaitAsync(Waiting.Patience);
        await Runs.ClaimNextAsync(None);
        Task again = Runs.WaitForWorkAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);
    }

    [Fact]
    public void BeginResult_Encoding_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Runs.BeginResult(SegmentKind.Encoding, "x.lke").Dispose());
}
