using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Sidecar.Services.Unit.Lookup;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Lookup.Support;

/// <summary>A linked project in memory that is changed, and read anew when told to.</summary>
internal sealed class LiveTwin : IAsyncDisposable
{
    private readonly RunBench _bench;
    private readonly string _run;
    private LiveProject _live;

    private LiveTwin(RunBench bench, string run, LiveProject live)
    {
        _bench = bench;
        _run = run;
        _live = live;
    }

    public static async Task<LiveTwin> LinkAsync(RunPeople people)
    {
        (RunBench bench, string run) = await RunBench.LinkAsync(people, Stored.OutputType.Groups);
        return new LiveTwin(bench, run, await LoadAsync(bench, run));
    }

    /// <summary>Forgets what is in memory and reads it anew.</summary>
    public async Task ReloadAsync()
    {
        _live.Dispose();
        _live = await LoadAsync(_bench, _run);
    }

    /// <summary>Adds a file, in the place of a record if one is named.</summary>
    public void Add(byte[] content, string? replaced) => _live.Add(
        EncodedFile.Read(content, "added"), content, replaced, StoreTest.Request(Stored.StoreIds.Create()));

    public int Remove(string party, params IEnumerable<string> handles) => _live.Remove(party, handles).Removed;

    /// <summary>Decides about a pair.</summary>
    /// <returns>False if earlier decisions say the opposite.</returns>
    public bool TryDecide(PairDecision decision)
    {
        try
        {
            _ = _live.Decide(decision);
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.InvalidArgument)
        {
            return false;
        }
    }

    /// <summary>All that lookups tell of some records.</summary>
    public IReadOnlyList<string> Look(IEnumerable<byte[]> questions, Func<string, string> name)
    {
        List<string> seen = [];
        foreach ((int number, byte[] question) in questions.Index())
        {
            using var file = EncodedFile.Read(question, "question");
            seen.AddRange(_live.Find(file, 0).Select(match =>
                $"{number} {match.Match.Record} {match.Match.Probability.Value:R} {match.Match.Decision} "
                + name(match.LinkId)));
        }

        return seen;
    }

    /// <summary>All changes of link ids.</summary>
    public IReadOnlyList<string> Changes(Func<string, string> name) =>
    [
        .. from change in _bench.Store.Added.ListChanges(_bench.Project.Id, 0, party: null, int.MaxValue)
           from record in change.Records
           select $"{change.Kind} {record.Party} {record.Handle} {name(record.OldLinkId ?? "")} "
               + name(record.NewLinkId ?? ""),
    ];

    public async ValueTask DisposeAsync()
    {
        _live.Dispose();
        await _bench.DisposeAsync();
    }

    private static Task<LiveProject> LoadAsync(RunBench bench, string run) =>
        new LiveLoader(bench.Store).LoadAsync(bench.Project.Id, run, StoreTest.None);
}
