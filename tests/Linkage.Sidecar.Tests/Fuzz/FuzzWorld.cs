using System.Collections.Concurrent;
using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using UnitHost = Linkage.Sidecar.Tests.Services.Access.Support.UnitHost;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>A sidecar in both roles with projects in every state, and all that it must not do.</summary>
internal sealed class FuzzWorld : IAsyncDisposable
{
    /// <summary>The name of all projects.</summary>
    public const string ProjectName = "study";

    private const int MessageLimit = 256 * 1024;

    private readonly EncodedPeople _people;
    private readonly OwnerFolder _owner = new();
    private readonly FuzzClock _clock = new();
    private readonly ConcurrentQueue<string> _crashes = [];
    private int _underWay;

    private FuzzWorld(EncodedPeople people)
    {
        _people = people;
    }

    public UnitHost Host { get; private set; } = null!;

    public FuzzLog Log { get; } = new();

    public FuzzNames? Names { get; private set; }

    public FuzzClient Client { get; private set; } = null!;

    /// <summary>Requests that the server has not ended.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Exceptions that no service and no transport turned into an answer.</summary>
    public IReadOnlyCollection<string> Crashes => _crashes;

    private OwnerParts Owner => Host.Services.GetRequiredService<OwnerParts>();

    public static async Task<FuzzWorld> StartAsync(EncodedPeople people)
    {
        FuzzWorld world = new(people);
        world.Host = await UnitHost.StartAsync(world.Log, world.Change, world._clock, world.Watch);
        string[] addresses = [.. world.Host.Urls];
        world.Client = new FuzzClient(new Uri(addresses[0]), new Uri(addresses[1]));
        await world.FillAsync();
        return world;
    }

    /// <summary>Makes new projects in the place of those that many requests have brought to their end.</summary>
    public async Task FillAsync()
    {
        foreach (string project in Names?.Projects.Distinct() ?? [])
        {
            await RemoveAsync(project);
        }

        Names = await MakeAsync();
        Log.Guard([FuzzNames.Canary, .. Names.Tokens]);
    }

    /// <summary>A project from its terms to its results; what each party learns of its records.</summary>
    public async Task<IReadOnlyList<string>> LinkAsync()
    {
        (_, string run) = await LinkedAsync();
        List<string> links = [];
        foreach (string party in EncodedPeople.Parties)
        {
            using AsyncServerStreamingCall<StreamOwnLinksResponse> call =
                Runs().StreamOwnLinks(new StreamOwnLinksRequest { RunId = run }, Host.As(party));
            await foreach (StreamOwnLinksResponse part in call.ResponseStream.ReadAllAsync())
            {
                links.AddRange(part.Links.Select(link => $"{party} {link.Handle} {link.LinkId}"));
            }
        }

        return links;
    }

    /// <summary>What is left behind by calls that have ended; nothing should be.</summary>
    public IEnumerable<string> Remains()
    {
        _clock.Jump();
        if (Owner.Encoding.SessionCount != 0)
        {
            yield return "An encoding session.";
        }

        string data = Path.Join(Host.Folder, "data");
        int parts = Directory.GetFiles(Path.Join(data, "uploads")).Length;
        if (parts != Host.Store.CountWork().OpenUploads)
        {
            yield return "A file of an upload.";
        }

        if (Directory.EnumerateFiles(_owner.Directories.Output!, "*.tmp").Any())
        {
            yield return "A temporary file of the owner's.";
        }

        if (Host.Store.Segments.FindDamage().Any())
        {
            yield return "A damaged segment.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        _owner.Dispose();
    }

    private LinkageService.LinkageServiceClient Runs() => new(Host.Connect());

    private SidecarOptions Change(SidecarOptions options) => options with
    {
        Roles = SidecarRoles.Owner | SidecarRoles.Unit,
        IsDevelopment = true,
        Listeners = new ListenerOptions { Http2 = RunningHost.FreePort, Http1 = RunningHost.FreePort },
        Directories = _owner.Directories with { Data = options.Directories.Data },
        Limits = new LimitOptions
        {
            RequestsPerSecond = 1_000_000_000,
            ConcurrentCalls = 1000,
            FailuresPerMinute = 1_000_000_000,
            MessageBytes = MessageLimit,
        },
    };

    private void Watch(WebApplication app) => app.Use(async (context, next) =>
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await next(context);
        }
        catch (Exception failure)
        {
            _crashes.Enqueue($"{context.Request.Path}: {failure.GetType().Name}\n{failure.StackTrace}");
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    });

    private async Task<(string Project, string Run)> LinkedAsync()
    {
        Project project = await UnitFlow.AgreeAsync(Host, _people);
        foreach (string party in EncodedPeople.Parties)
        {
            await UnitFlow.UploadAsync(Host, _people, project.Id, party);
        }

        StartRunResponse started = await Runs().StartRunAsync(
            new StartRunRequest
            {
                IdempotencyKey = UnitHost.NewKey,
                ProjectId = project.Id,
                Options = new RunOptions { Seed = 7 },
            },
            Host.As("analyst"));
        Assert.Equal(RunState.Succeeded, await UnitFlow.WaitForEndAsync(Host, started.Run.Id));
        return (project.Id, started.Run.Id);
    }

    private async Task RemoveAsync(string project)
    {
        try
        {
            await Host.Projects().DeleteProjectAsync(
                new DeleteProjectRequest { ProjectId = project, Name = ProjectName }, Host.As("analyst"));
        }
        catch (RpcException gone) when (gone.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // Some request has deleted it before.
        }
    }

    private async Task<FuzzNames> MakeAsync()
    {
        (string linked, string run) = await LinkedAsync();
        Project agreed = await UnitFlow.AgreeAsync(Host, _people);
        Upload open = await UnitFlow.BeginAsync(Host, _people, agreed.Id, "health");
        Upload other = await UnitFlow.BeginAsync(Host, _people, agreed.Id, "benefits");
        string proposed = (await UnitFlow.ProposeAsync(Host, _people)).Id;
        string draft = (await UnitFlow.CreateAsync(Host)).Id;
        string deleted = (await UnitFlow.CreateAsync(Host)).Id;
        await RemoveAsync(deleted);
        string[] callers = [.. UnitHost.Parties, "analyst", "operator", "auditor"];
        return new FuzzNames
        {
            Projects = [linked, linked, agreed.Id, agreed.Id, proposed, draft, deleted],
            Uploads = [open.Id, open.Id, other.Id],
            Runs = [run],
            Callers = callers,
            Tokens = [.. callers.Append("health").Append("analyst").Select(Host.TokenOf)],
            Terms = _people.Terms(),
            Announcement = _people.Announce("health", agreed.Id, FuzzNames.Keys[0]),
            Chunks = EncodedPeople.Chunks(open.Id, _people.BytesOf("health")),
        };
    }
}
