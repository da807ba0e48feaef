using System.Globalization;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Kills;
using Linkage.Sidecar.Tests.Services.Runs.Support;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>
/// A process that uses a store until it is killed or the disk is full, and prints a line for everything acknowledged.
/// </summary>
internal static class StoreProgram
{
    public const string CannotWrite = "cannot write";

    private const int FileLength = (20 * StoreTest.Chunk) + 100;

    public static async Task<int> Main(string[] args)
    {
        if (args is [RunProgram.Name, string runFolder, string run, string stage])
        {
            return await RunProgram.RunAsync(runFolder, run, stage);
        }

        if (args is [UnitProgram.Name, string held, .. string[] rest])
        {
            return await UnitProgram.RunAsync(held, rest);
        }

        if (args is not ["store-writer", string folder, string seedText])
        {
            await Console.Error.WriteLineAsync("Not a program: run the tests in it.");
            return 1;
        }

        int seed = int.Parse(seedText, CultureInfo.InvariantCulture);
        using UnitStore store = await StoreTest.OpenAsync(folder);
        Console.WriteLine("open");
        try
        {
            for (int round = 0; ; round++)
            {
                await RoundAsync(store, (seed * 1000) + round);
            }
        }
        catch (IOException)
        {
            Console.WriteLine(CannotWrite);
            return 0;
        }
    }

    public static byte[] ContentOf(int contentSeed) => StoreTest.Content(FileLength, contentSeed);

    private static async Task RoundAsync(UnitStore store, int seed)
    {
        Random random = new(seed);
        Project project = await StoreTest.AgreedAsync(store, "health", "benefits");
        Console.WriteLine($"agreed {project.Id}");
        Segment first = await UploadAsync(store, project, "health", random);
        await UploadAsync(store, project, "benefits", random);
        Run queued = await StoreTest.QueueAsync(store, project, first);
        Console.WriteLine($"queued {queued.Id}");
        if (await store.Runs.ClaimNextAsync(StoreTest.None) is { } claimed)
        {
            int content = random.Next();
            await store.Runs.ReportAsync(claimed.Id, claimed.Attempt, new RunProgress("score", 1, 2), StoreTest.None);
            Run done = await StoreTest.FinishAsync(store, claimed, ContentOf(content));
            Console.WriteLine($"done {done.Id} {content}");
        }

        if (random.Next(3) == 0)
        {
            await store.Projects.WithdrawAsync(project.Id, "benefits", StoreTest.None);
            Console.WriteLine($"withdrawn {project.Id}");
        }
    }

    private static async Task<Segment> UploadAsync(UnitStore store, Project project, string party, Random random)
    {
        int seed = random.Next();
        byte[] content = ContentOf(seed);
        Upload upload = await StoreTest.BeginAsync(store, project, party, content);
        Console.WriteLine($"begun {upload.Id} {seed}");
        int[] chunks = [.. Enumerable.Range(0, StoreTest.ChunksOf(content))];
        random.Shuffle(chunks);
        await using (UploadSession session = await store.Uploads.OpenAsync(upload.Id, StoreTest.None))
        {
            foreach (int[] window in chunks.Chunk(6))
            {
                await StoreTest.SendAsync(session, content, window);
                await session.AcknowledgeAsync(StoreTest.None);
                Console.WriteLine($"chunks {upload.Id} {seed} {string.Join(' ', window)}");
            }
        }

        Segment segment = await StoreTest.CompleteAsync(store, upload.Id);
        Console.WriteLine($"kept {segment.Id} {seed}");
        return segment;
    }
}
