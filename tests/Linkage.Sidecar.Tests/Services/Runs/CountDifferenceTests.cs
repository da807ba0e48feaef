using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Services.Unit.Runs.Counts;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs;

/// <summary>Somebody who wants two tables of one project, to take the difference.</summary>
public sealed class CountDifferenceTests : IClassFixture<RunPeople>
{
    private readonly RunPeople _people;

    public CountDifferenceTests(RunPeople people)
    {
        _people = people;
    }

    // Why a project has one table: each of these two is harmless, and together they tell of one person.
    [Fact]
    public void Guard_TwoTablesWithAndWithoutOnePerson_TellOfThatPersonTogether()
    {
        GuardedTable with = CountGuard.Guard(TableOf(alone: 100, together: 50), 10);
        GuardedTable without = CountGuard.Guard(TableOf(alone: 100, together: 49), 10);

        Assert.Equal(1, with.Linked[0] - without.Linked[0]);
    }

    [Fact]
    public async Task StartRun_CountsWithOtherOptions_IsRefusedAndTheFirstTableStays()
    {
        (RunBench bench, string run) = await RunBench.LinkAsync(_people, Stored.OutputType.Counts);
        await using RunBench owned = bench;
        GetCountsResponse first = await bench.Figures.CountAsync(run, party: null, StoreTest.None);

        await RefusedAsync(() => bench.StartAsync(new RunOptions { TargetFalseDiscovery = 0.2 }));
        await RefusedAsync(() => bench.StartAsync());

        Assert.Equal(first, await bench.Figures.CountAsync(run, party: null, StoreTest.None));
        Assert.Single(bench.Reader.List(bench.Project.Id, Stored.ListCursor.Start));
    }

    [Fact]
    public async Task StartRun_CountsAgreedOnAgainWithoutOneParty_IsRefused()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(_people, Stored.OutputType.Counts);
        await using RunBench owned = bench;

        await LeaveAndAgreeAsync(bench, Stored.OutputType.Counts);

        await RefusedAsync(() => bench.StartAsync());
    }

    [Fact]
    public async Task StartRun_CountsAfterResultsOfAnotherOutput_IsRefused()
    {
        (RunBench bench, _) = await RunBench.LinkAsync(_people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;

        await LeaveAndAgreeAsync(bench, Stored.OutputType.Counts);

        await RefusedAsync(() => bench.StartAsync());
    }

    [Fact]
    public async Task StartRun_CountsAfterARunWithoutResults_IsTaken()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        string first = await bench.StartAsync();
        await bench.Starter.CancelAsync(first, StoreTest.None);

        string second = await bench.StartAsync();

        await bench.StartQueueAsync();
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(second)).Latest.State);
    }

    [Fact]
    public async Task StartRun_OutputThatIsNoCountsAgain_IsTaken()
    {
        (RunBench bench, string first) = await RunBench.LinkAsync(_people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;

        Assert.NotEqual(first, await bench.StartAsync());
    }

    private static CountTable TableOf(long alone, long together) => new(
        [alone + together, alone + together],
        [together, together],
        [false, false],
        new Dictionary<ulong, long> { [0b01] = alone, [0b10] = alone, [0b11] = together });

    private static async Task RefusedAsync(Func<Task> start)
    {
        RunRefusedException refused = await Assert.ThrowsAsync<RunRefusedException>(start);
        Assert.Equal("COUNTS_ALREADY_TOLD", Refusals.NameOf(refused.Reason));
    }

    private async Task LeaveAndAgreeAsync(RunBench bench, Stored.OutputType output)
    {
        Stored.ProjectStore projects = bench.Store.Projects;
        await projects.LeaveAsync(bench.Project.Id, RunPeople.Parties[^1], StoreTest.None);
        Stored.Project project = await projects.ProposeAsync(
            bench.Project.Id, _people.Terms(output) with { SmallestCount = 11 }, StoreTest.None);
        foreach (string party in RunPeople.Parties.SkipLast(1))
        {
            await projects.ApproveAsync(project.Id, party, project.TermsVersion, StoreTest.None);
        }
    }
}
