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

        string first = await bench.StartAsync(new RunOptions { Seed = 1 }, Key);
        string again = await bench.StartAsync(new RunOptions { Seed = 1 }, Key);

        Assert.Equal(first, again);
        Stored.Run only = Assert.Single(bench.Reader.List(bench.Project.Id, Stored.ListCursor.Start));
        Run run = bench.Reader.Get(only.Id, withOptions: true);
        Assert.Equal(1UL, run.Options.Seed);
        Assert.Equal(bench.Project.TermsVersion, run.TermsRevision);
    }

    [Fact]
    public async Task StartRun_SameKeyForOtherOptions_IsRefused()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Counts);
        await bench.StartAsync(new RunOptions { Seed = 1 }, Key);

        await StoreTest.RefusedAsync(
            Stored.StoreRefusal.KeyReused, () => bench.StartAsync(new RunOptions { Seed = 2 }, Key));
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
}
