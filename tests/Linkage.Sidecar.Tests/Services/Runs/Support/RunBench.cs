using System.Security.Cryptography;
using Google.Protobuf;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Services.Unit.Runs.Results;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.Logging.Abstractions;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>A unit's store with a project that is agreed and has all files, and the queue of its runs.</summary>
internal sealed class RunBench : IAsyncDisposable
{
    public const string Analyst = "analyst";

    private readonly TemporaryFolder _folder = new();
    private RunQueue? _queue;
    private bool _isOpen;
    private bool _isEncrypted;

    private RunBench()
    {
    }

    public Stored.UnitStore Store { get; private set; } = null!;

    public Stored.Project Project { get; private set; } = null!;

    public RunReader Reader { get; private set; } = null!;

    public RunStarter Starter { get; private set; } = null!;

    public ResultStreams Streams => new(Store);

    public GroupStream Groups => new(Store);

    public ResultFigures Figures => new(Store);

    public string Folder => Path.Join(_folder.Path, "unit");

    /// <summary>A project with files, and no worker yet.</summary>
    public static async Task<RunBench> CreateAsync(
        RunPeople people,
        Stored.OutputType output,
        Func<Stored.ProjectTerms, Stored.ProjectTerms>? change = null,
        bool withFiles = true,
        bool isEncrypted = false)
    {
        RunBench bench = new() { _isEncrypted = isEncrypted };
        await bench.OpenAsync();
        bench.Project = await AgreeAsync(
            bench.Store, change is null ? people.Terms(output) : change(people.Terms(output)));
        if (withFiles)
        {
            await bench.UploadAsync(people, bench.Project);
        }

        return bench;
    }

    /// <summary>Another project of the same people, whose one run has succeeded.</summary>
    public async Task<(Stored.Project Project, string RunId)> LinkAnotherAsync(
        RunPeople people, Stored.OutputType output)
    {
        Stored.Project project = await AgreeAsync(Store, people.Terms(output));
        await UploadAsync(people, project);
        string run = await StartAsync(new StartRunRequest { ProjectId = project.Id });
        Assert.Equal(Stored.RunState.Done, (await WaitForEndAsync(run)).Latest.State);
        return (project, run);
    }

    /// <summary>A project with files, whose one run has succeeded.</summary>
    public static async Task<(RunBench Bench, string RunId)> LinkAsync(
        RunPeople people,
        Stored.OutputType output,
        RunOptions? options = null,
        Func<Stored.ProjectTerms, Stored.ProjectTerms>? change = null,
        bool isEncrypted = false)
    {
        RunBench bench = await CreateAsync(people, output, change, isEncrypted: isEncrypted);
        await bench.StartQueueAsync();
        string run = await bench.StartAsync(options);
        Assert.Equal(Stored.RunState.Done, (await bench.WaitForEndAsync(run)).Latest.State);
        return (bench, run);
    }

    public static RunQueue QueueOf(Stored.UnitStore store, string folder, SidecarMetrics? metrics = null) =>
        new(store, Path.Join(folder, "scratch"), TimeProvider.System, NullLogger<RunQueue>.Instance, metrics);

    /// <summary>What a stream gives.</summary>
    public static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> stream)
    {
        List<T> all = [];
        await foreach (T part in stream)
        {
            all.Add(part);
        }

        return all;
    }

    public static async Task RefusedAsync(ErrorReason expected, Func<Task> action) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RunRefusedException>(action)).Reason);

    public Task<string> StartAsync(RunOptions? options = null, string? key = null) =>
        StartAsync(new StartRunRequest { ProjectId = Project.Id, Options = options }, key);

    public async Task StartQueueAsync(SidecarMetrics? metrics = null)
    {
        _queue = QueueOf(Store, Folder, metrics);
        await _queue.StartAsync(StoreTest.None);
    }

    public async Task StopQueueAsync()
    {
        await _queue!.StopAsync(StoreTest.None);
        _queue.Dispose();
        _queue = null;
    }

    public async Task<Stored.Run> WaitForEndAsync(string runId)
    {
        using CancellationTokenSource deadline = new(Waiting.Patience);
        Stored.Run run = Store.Runs.Find(runId)!;
        while (!RunMessages.HasEnded(run.Latest.State))
        {
            run = (await Store.Runs.WaitAsync(runId, run.Latest.Sequence, deadline.Token))!;
        }

        return run;
    }

    /// <summary>Closes the store as a stopped process does, so that another one can have it.</summary>
    public void Close()
    {
        if (_isOpen)
        {
            _isOpen = false;
            Starter.Dispose();
            Store.Dispose();
        }
    }

    public async Task OpenAsync()
    {
        Store = await OpenStoreAsync(Folder);
        _isOpen = true;
        Reader = new RunReader(Store.Runs);
        Starter = new RunStarter(
            Store, Reader, new OutputPolicy(new AgreementBooks(Store), TimeProvider.System, isRequired: false));
    }

    /// <summary>Opens the store in a folder, such as a copy of this one's.</summary>
    public Task<Stored.UnitStore> OpenStoreAsync(string folder) => Stored.UnitStore.OpenAsync(
        folder,
        TimeProvider.System,
        encryption: new Stored.Encryption.StoreEncryption
        {
            KeyFile = _isEncrypted ? Path.Join(_folder.Path, "master.key") : null,
            IsOn = _isEncrypted,
        });

    public async ValueTask DisposeAsync()
    {
        if (_queue is not null)
        {
            await StopQueueAsync();
        }

        Close();
        _folder.Dispose();
    }

    private Task<string> StartAsync(StartRunRequest request, string? key = null)
    {
        Stored.IdempotentRequest repeatable = new(
            Analyst, key ?? Stored.StoreIds.Create(), SHA256.HashData(request.ToByteArray()));
        return Starter.StartAsync(request, repeatable, StoreTest.None);
    }

    private async Task UploadAsync(RunPeople people, Stored.Project project)
    {
        foreach (string party in RunPeople.Parties)
        {
            byte[] content = await File.ReadAllBytesAsync(people.PathOf(party));
            await StoreTest.UploadAsync(Store, project, party, content);
        }
    }

    private static async Task<Stored.Project> AgreeAsync(Stored.UnitStore store, Stored.ProjectTerms terms)
    {
        Stored.Project project = await store.Projects.CreateForAsync(
            "study", Analyst, StoreTest.Request(Stored.StoreIds.Create()), StoreTest.None);
        foreach (string party in RunPeople.Parties)
        {
            await store.Projects.InviteAsync(project.Id, party, StoreTest.None);
        }

        project = await store.Projects.ProposeAsync(project.Id, terms, StoreTest.None);
        foreach (string party in RunPeople.Parties)
        {
            project = await store.Projects.ApproveAsync(project.Id, party, project.TermsVersion, StoreTest.None);
        }

        return project;
    }
}
