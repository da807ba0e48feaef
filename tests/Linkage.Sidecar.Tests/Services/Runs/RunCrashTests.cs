using System.Diagnostics;
using Linkage.Core;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs;

public sealed class RunCrashTests : IClassFixture<RunPeople>
{
    private const ulong Seed = 23;

    private readonly RunPeople _people;

    public RunCrashTests(RunPeople people)
    {
        _people = people;
    }

    [Fact]
    public async Task Run_KilledAtItsWork_IsDoneAgainWithTheSameResults()
    {
        await using RunBench bench = await RunBench.CreateAsync(_people, Stored.OutputType.Groups);
        string run = await bench.StartAsync(new RunOptions { Seed = Seed });
        bench.Close();

        await KillAfterAsync("comparing", bench.Folder, run);
        await KillAfterAsync("clustering", bench.Folder, run);
        await bench.OpenAsync();
        Stored.Run interrupted = bench.Store.Runs.Find(run)!;
        await bench.StartQueueAsync();
        Stored.Run ended = await bench.WaitForEndAsync(run);

        Assert.Equal(2, interrupted.Attempt);
        Assert.Equal(Stored.RunState.Queued, interrupted.Latest.State);
        Assert.Equal(Stored.RunState.Done, ended.Latest.State);
        Assert.Equal(3, bench.Reader.Get(run, withOptions: true).Attempts);
        await AssertUndisturbedAsync(bench, run);
        await bench.StopQueueAsync();
        Assert.False(Directory.Exists(Path.Join(bench.Folder, "scratch")));
        Assert.Empty(StoreTest.Files(bench.Folder, "uploads"));
    }

    private async Task AssertUndisturbedAsync(RunBench bench, string run)
    {
        LinkResult expected = _people.Link(new LinkerOptions { Seed = Seed });
        List<StreamPairsResponse> pairs =
            await RunBench.ListAsync(bench.Streams.PairsAsync(new() { RunId = run }, StoreTest.None));
        List<StreamGroupsResponse> groups = await RunBench.ListAsync(
            bench.Groups.ReadAsync(new() { RunId = run, IncludeSingleRecords = true }, StoreTest.None));
        Assert.Equal(
            expected.Pairs.Select(pair => (pair.Left.Handle, pair.Right.Handle, pair.Weight.Bits)),
            pairs.SelectMany(part => part.Pairs).Select(pair => (pair.Left.Handle, pair.Right.Handle, pair.Weight)));
        Assert.Equal(
            Enumerable.Range(0, expected.RecordCount)
                .Select(record => (expected.Record(record).Handle, expected.LinkIds[expected.EntityOf(record)]))
                .Order(),
            groups.SelectMany(part => part.Groups)
                .SelectMany(group => group.Records.Select(record => (record.Handle, group.LinkId)))
                .Order());
    }

    private static async Task KillAfterAsync(string stage, string folder, string run)
    {
        string assembly = typeof(RunProgram).Assembly.Location;
        ProcessStartInfo start = new("dotnet", [assembly, RunProgram.Name, folder, run, stage])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string? printed = await process.StandardOutput.ReadLineAsync();
        process.Kill(); // SIGKILL
        await process.WaitForExitAsync();
        Assert.Equal(RunProgram.IsThere, printed);
    }
}
