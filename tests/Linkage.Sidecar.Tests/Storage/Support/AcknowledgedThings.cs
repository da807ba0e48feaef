using System.Globalization;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>What writer processes printed as acknowledged, and whether a store still has it.</summary>
internal sealed class AcknowledgedThings
{
    private readonly HashSet<string> _agreed = [];
    private readonly HashSet<string> _withdrawn = [];
    private readonly Dictionary<string, (int Seed, HashSet<int> Chunks)> _uploads = [];
    private readonly Dictionary<string, int> _segments = [];
    private readonly HashSet<string> _queued = [];
    private readonly Dictionary<string, int> _done = [];

    public int SegmentCount => _segments.Count;

    public void Add(IEnumerable<string> lines)
    {
        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            Add(words);
        }
    }

    public async Task CheckAsync(UnitStore store)
    {
        Assert.Empty(store.Damage);
        Assert.All(_agreed, id => Assert.Equal(ProjectState.Agreed, store.Projects.Find(id)!.State));
        foreach ((string id, (int seed, HashSet<int> chunks)) in _uploads)
        {
            if (!LeftWith(store, store.Uploads.Find(id)) && !_segments.ContainsKey(id))
            {
                await CheckChunksAsync(store, id, StoreProgram.ContentOf(seed), chunks);
            }
        }

        foreach ((string id, int seed) in _segments)
        {
            if (!LeftWith(store, store.Uploads.Find(id)))
            {
                await CheckContentAsync(store, store.Segments.Find(id)!, seed);
            }
        }

        CheckRuns(store);
        foreach ((string id, int seed) in _done.Where(run => store.Runs.Find(run.Key)!.Latest.State == RunState.Done))
        {
            await CheckContentAsync(store, Assert.Single(store.Segments.ListResults(id)), seed);
        }
    }

    private void Add(string[] words)
    {
        switch (words)
        {
            case ["agreed", string id]:
                _agreed.Add(id);
                break;
            case ["withdrawn", string id]:
                _withdrawn.Add(id);
                break;
            case ["begun", string id, string seed]:
                _uploads[id] = (Number(seed), []);
                break;
            case ["chunks", string id, _, .. string[] chunks]:
                _uploads[id].Chunks.UnionWith(chunks.Select(Number));
                break;
            case ["kept", string id, string seed]:
                _segments[id] = Number(seed);
                break;
            case ["queued", string id]:
                _queued.Add(id);
                break;
            case ["done", string id, string seed]:
                _done[id] = Number(seed);
                break;
            default:
                Assert.Equal("open", string.Join(' ', words));
                break;
        }
    }

    // A withdrawal may be on disk without having been printed; then the party's uploads are gone, and only those.
    private bool LeftWith(UnitStore store, Upload? upload)
    {
        if (upload is not null)
        {
            Assert.DoesNotContain(_withdrawn, id => id == upload.ProjectId && upload.Party == "benefits");
            return false;
        }

        Assert.Contains(_agreed, id => store.Projects.Find(id)!.Parties.Any(
            party => party is { Name: "benefits", State: PartyState.Withdrawn }));
        return true;
    }

    private static async Task CheckChunksAsync(UnitStore store, string id, byte[] content, HashSet<int> chunks)
    {
        Upload upload = store.Uploads.Find(id)!;
        if (upload.State == UploadState.Complete)
        {
            return;
        }

        Assert.All(chunks, chunk => Assert.True(upload.Acknowledged.Covers(RangeOf(content, chunk))));

        // A chunk that comes again is compared with the one on disk.
        await using UploadSession session = await store.Uploads.OpenAsync(id, StoreTest.None);
        await StoreTest.SendAsync(session, content, [.. chunks.Order()]);
    }

    private static ByteRange RangeOf(byte[] content, int chunk)
    {
        long start = chunk * (long)StoreTest.Chunk;
        return new ByteRange(start, start + StoreTest.ChunkOf(content, chunk).Length);
    }

    private static async Task CheckContentAsync(UnitStore store, Segment segment, int seed)
    {
        await store.Segments.VerifyAsync(segment, StoreTest.None);
        Assert.Equal(StoreProgram.ContentOf(seed), await File.ReadAllBytesAsync(store.Segments.PathOf(segment)));
    }

    private void CheckRuns(UnitStore store)
    {
        Assert.All(_queued, id => Assert.NotNull(store.Runs.Find(id)));
        Assert.All(_queued, id => Assert.NotEqual(RunState.Running, store.Runs.Find(id)!.Latest.State));
        Assert.All(_done.Keys, id => Assert.Equal(RunState.Done, store.Runs.Find(id)!.Latest.State));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
