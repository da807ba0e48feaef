using System.Security.Cryptography;
using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Faults.Support;

/// <summary>A process over a store in which a project is agreed and has all its files.</summary>
internal sealed class FaultUnit : IAsyncDisposable
{
    private const int ChunkSize = 65_536;

    private readonly RunPeople _people;
    private readonly RunBench _bench;
    private readonly ConfigFolder _folder;

    private FaultUnit(RunPeople people, RunBench bench, ConfigFolder folder, FaultProcess process)
    {
        _people = people;
        _bench = bench;
        _folder = folder;
        Process = process;
    }

    public FaultProcess Process { get; }

    public string ProjectId => _bench.Project.Id;

    /// <summary>Where the process has its store, outside of its mounts.</summary>
    public string Data => _bench.Folder;

    /// <summary>Starts it on the store itself, or, on a small disk, on a copy.</summary>
    public static async Task<FaultUnit> StartAsync(RunPeople people, int drainSeconds = 30, bool onSmallDisk = false)
    {
        RunBench bench = await RunBench.CreateAsync(people, Stored.OutputType.Groups);
        bench.Close();
        ConfigFolder folder = new();
        Dictionary<string, string> settings = new() { ["LINKAGE__DrainSeconds"] = $"{drainSeconds}" };
        string? prepare = null;
        if (onSmallDisk)
        {
            prepare = $"{SmallDisk.Mount(folder.PathOf("data"))} && cp -a '{bench.Folder}/.' '{folder.PathOf("data")}'";
        }
        else
        {
            settings["LINKAGE__Directories__Data"] = bench.Folder;
        }

        return new FaultUnit(people, bench, folder, await FaultProcess.StartAsync(folder, settings, prepare));
    }

    public SmallDisk Disk() => new(Process.Root + _folder.PathOf("data"));

    /// <summary>Announces another copy of a party's file.</summary>
    public async Task<(V1.Upload Upload, UploadChunkRequest[] Chunks)> BeginAsync(string party)
    {
        byte[] file = await File.ReadAllBytesAsync(_people.PathOf(party));
        BeginUploadRequest request = new()
        {
            IdempotencyKey = $"key-{Guid.NewGuid():N}",
            ProjectId = ProjectId,
            Size = file.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            ChunkSize = ChunkSize,
            Facts = FactsOf(party),
        };
        V1.Upload upload = (await Exchange(party).BeginUploadAsync(request)).Upload;
        return (upload, EncodedPeople.Chunks(upload.Id, file, ChunkSize));
    }

    public V1.ExchangeService.ExchangeServiceClient Exchange(string party) => new(Process.Connect(party));

    public LinkageService.LinkageServiceClient Runs() => new(Process.Connect(RunBench.Analyst));

    /// <summary>Sends chunks; what the server says in between is said at the end.</summary>
    public async Task<UploadChunkResponse> SendAsync(string party, IEnumerable<UploadChunkRequest> chunks)
    {
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call = Exchange(party).UploadChunk();
        try
        {
            foreach (UploadChunkRequest chunk in chunks)
            {
                await call.RequestStream.WriteAsync(chunk);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception ended) when (
            ended is RpcException or OperationCanceledException or InvalidOperationException or IOException)
        {
            return await call.ResponseAsync; // the server ended the call before it had all: its answer says why
        }

        return await call.ResponseAsync;
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _bench.DisposeAsync();
        _folder.Dispose();
    }

    private EncodingFacts FactsOf(string party)
    {
        using var file = EncodedFile.Open(_people.PathOf(party));
        return UploadViews.FactsOf(file.Header);
    }
}
