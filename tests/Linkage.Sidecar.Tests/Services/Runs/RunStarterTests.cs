using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs;

public sealed class RunStarterTests : IClassFixture<RunPeople>
{
    private const string Key = "a-key-of-the-test";

    private readonly RunPeople _people;

    public RunStarterTests(RunPeople people)
    {
        _people = people;
    }

    [Fact]
    public async Task StartRun_SameKeyAgain_GivesTheSameRun()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);

        string first = await StartAsync(bench, new RunOptions { Seed = 1 });
        string again = await StartAsync(bench, new RunOptions { Seed = 1 });

        Assert.Equal(first, again);
        Run run = Assert.Single(bench.Reader.List(bench.Project.Id, 0, "", withOptions: true).Runs);
        Assert.Equal(1UL, run.Options.Seed);
        Assert.Equal(bench.Project.TermsVersion, run.TermsRevision);
    }

    [Fact]
    public async Task StartRun_SameKeyForOtherOptions_IsRefused()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        await StartAsync(bench, new RunOptions { Seed = 1 });

        await StoreTest.RefusedAsync(
            Stored.StoreRefusal.KeyReused, () => StartAsync(bench, new RunOptions { Seed = 2 }));
    }

    [Fact]
    public async Task StartRun_WhileOneIsAtWork_IsRefused()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        await bench.StartAsync();

        await RunBench.RefusedAsync(ErrorReason.WrongState, () => bench.StartAsync());
    }

    [Fact]
    public async Task StartRun_ManyAtOnce_StartsOne()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);

        Task<string>[] starts = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => bench.StartAsync()))];
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);

        int started = starts.Count(start => start.IsCompletedSuccessfully);
        Assert.Equal(1, started);
    }

    [Fact]
    public async Task StartRun_PartyWithoutAFile_IsRefused()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts, withFiles: false);

        await RunBench.RefusedAsync(ErrorReason.NotReadyToLink, () => bench.StartAsync());
    }

    [Fact]
    public async Task StartRun_OptionsOutOfRange_AreRefused()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        RunOptions[] wrong =
        [
            new() { OneToOne = (OneToOne)99 },
            new() { KeepWeight = double.NaN },
            new() { TargetFalseDiscovery = 0 },
            new() { TargetFalseDiscovery = 1 },
            new() { MaxIterations = 0 },
            new() { DuplicateParties = { "nobody" } },
        ];
        foreach (RunOptions options in wrong)
        {
            await RunBench.RefusedAsync(ErrorReason.BadFields, () => bench.StartAsync(options));
        }
    }

    [Fact]
    public async Task ListRuns_PageByPage_GivesAllInTheOrderOfStarting()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        List<string> started = [];
        for (int i = 0; i < 5; i++)
        {
            string run = await bench.StartAsync();
            started.Add(run);
            await bench.Starter.CancelAsync(run, StoreTest.None);
        }

        List<string> listed = [];
        string token = "";
        do
        {
            ListRunsResponse page = bench.Reader.List(bench.Project.Id, 2, token, withOptions: false);
            Assert.All(page.Runs, run => Assert.Null(run.Options));
            listed.AddRange(page.Runs.Select(run => run.Id));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(started.Order(), listed.Order());
        Assert.Equal(bench.Reader.ListOf(bench.Project.Id).Select(run => run.Id), listed);
    }

    private static Task<string> StartAsync(RunBench bench, RunOptions options) => bench.Starter.StartAsync(
        RunBench.Request(bench.Project.Id, options, Key), RunBench.Analyst, StoreTest.None);
}
