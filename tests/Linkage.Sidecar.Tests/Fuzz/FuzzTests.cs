using System.Collections.Concurrent;
using System.Globalization;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Fuzz;

[Collection(FuzzAlone.Name)]
public sealed class FuzzTests(EncodedPeople people)
{
    private const int Seed = 20_300_115;
    private const int Batch = 10_000;
    private const int Callers = 48;
    private const int MostFaults = 10;

    // Pools, tables of the database's and buckets of refused credentials (at most 8,192) grow a while longer. What
    // is forgotten at every tenth request of 90,000 would have to be smaller than 2 KB to stay below; a call that is
    // kept alive is larger than that.
    private const long MostGrowth = 16L << 20;

    /// <summary>How many; a longer or shorter run by hand sets LINKAGE_FUZZ_REQUESTS.</summary>
    private static int Requests => int.TryParse(
        Environment.GetEnvironmentVariable("LINKAGE_FUZZ_REQUESTS"), CultureInfo.InvariantCulture, out int count)
        ? count
        : 100_000;

    [Fact]
    public async Task Server_HundredThousandMutatedRequests_AnswersEachAndStaysAsItWas()
    {
        await using FuzzWorld world = await FuzzWorld.StartAsync(people);
        IReadOnlyList<string> before = await world.LinkAsync();

        await SendAsync(world, 0, Math.Min(Batch, Requests));
        long warm = MemoryInUse();
        for (int sent = Batch; sent < Requests; sent += Batch)
        {
            await world.FillAsync();
            await SendAsync(world, sent, Math.Min(sent + Batch, Requests));
        }

        long end = MemoryInUse();

        Assert.NotEmpty(before);
        Assert.Equal(before.Order(), (await world.LinkAsync()).Order());
        Assert.Equal(0, world.UnderWay);
        Assert.Empty(world.Remains());
        Assert.True(end - warm < MostGrowth, $"Memory has grown by {(end - warm) >> 10} KB.");
    }

    /// <summary>Put here the numbers that a failure names, to see it alone.</summary>
    [Theory]
    [InlineData(Seed, 64)]
    [InlineData(Seed, 309)]
    [InlineData(Seed, 3300)]
    public async Task Server_OneRequest_HasADefinedAnswer(int seed, int index)
    {
        await using FuzzWorld world = await FuzzWorld.StartAsync(people);
        ConcurrentQueue<string> faults = [];

        await SendOneAsync(world, new FuzzRequests(world.Names!).Draw(seed, index), faults);

        Assert.True(faults.IsEmpty, string.Join('\n', faults));
    }

    private static async Task SendAsync(FuzzWorld world, int from, int to)
    {
        FuzzRequests requests = new(world.Names!);
        ConcurrentQueue<string> faults = [];
        int next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < to && faults.Count < MostFaults)
            {
                await SendOneAsync(world, requests.Draw(Seed, index), faults);
            }
        })));
        await Waiting.UntilAsync(() => world.UnderWay == 0 || !faults.IsEmpty);
        Assert.True(faults.IsEmpty, string.Join('\n', faults));
        Assert.True(world.Crashes.Count == 0, string.Join('\n', world.Crashes));
        Assert.True(world.Log.Faults.IsEmpty, string.Join('\n', world.Log.Faults));
    }

    private static async Task SendOneAsync(FuzzWorld world, FuzzRequest request, ConcurrentQueue<string> faults)
    {
        try
        {
            FuzzAnswer? answer = await world.Client.SendAsync(request);
            if (answer is not null && FuzzJudge.FaultOf(request, answer, world.Names!.Tokens) is { } fault)
            {
                faults.Enqueue($"{request}: {fault}");
            }
        }
        catch (TimeoutException late)
        {
            faults.Enqueue($"{request}: {late.Message}");
        }
    }

    private static long MemoryInUse()
    {
        for (int round = 0; round < 3; round++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
