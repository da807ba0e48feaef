using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Project = Linkage.V1.Project;
using Run = Linkage.V1.Run;
using RunState = Linkage.V1.RunState;
using Upload = Linkage.V1.Upload;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>An installation of a real unit, as its operator and members see it.</summary>
internal sealed class UnitSite : IDisposable
{
    private const int ListenerCount = 5;

    private readonly ConfigFolder _folder = new(SidecarRoles.Unit);
    private readonly List<GrpcChannel> _channels = [];

    /// <summary>Sets the unit up; it links before an agreement is signed.</summary>
    public UnitSite()
    {
        _folder.Change(root => root["agreements"] = new JsonObject { ["required"] = false });
    }

    public string Socket => PathOf("run/sidecar.sock");

    public string Root => _folder.Root;

    public static string NewKey => $"key-{Guid.NewGuid():N}";

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Starts the unit in this process, on ports of the system's choice and its unix socket.</summary>
    /// <param name="tls">The address of the TLS port.</param>
    public Task<RunningHost> StartAsync(string tls = "127.0.0.1") => RunningHost.StartAsync(_folder.Read(
        new Dictionary<string, string>(ConfigFolder.FreePorts) { ["LINKAGE__Listeners__Tls__Address"] = $"{tls}:0" }));

    /// <summary>Starts the unit in a process of its own; its TCP ports are others each time.</summary>
    /// <param name="isHeldAmidUploads">Whether no upload gets to its end there.</param>
    public Task<RunningProcess> StartProcessAsync(bool isHeldAmidUploads = false) =>
        RunningProcess.StartAsync(_folder.Config, ConfigFolder.FreePorts, ListenerCount, isHeldAmidUploads);

    /// <summary>Whether an upload is neither complete nor given up; for a unit that does not run.</summary>
    public async Task<bool> HasOpenUploadAsync()
    {
        StoreEncryption encryption = new() { KeyFile = PathOf("master.key"), IsOn = true };
        using UnitStore store =
            await UnitStore.OpenAsync(PathOf("data"), TimeProvider.System, encryption: encryption);
        return store.CountWork().OpenUploads > 0;
    }

    public string TokenOf(string name) => File.ReadAllText(PathOf($"clients/{name}.token")).Trim();

    /// <summary>The way over the unix socket, with a token.</summary>
    public UnitOptions OverSocket(string party = "health") => new()
    {
        Name = "unit",
        Socket = Socket,
        Token = PathOf($"clients/{party}.token"),
        RetryTime = TimeSpan.Zero,
    };

    /// <summary>The way over TLS, with a certificate.</summary>
    public UnitOptions OverTls(RunningHost host, string party = "health") => new()
    {
        Name = "unit",
        Address = new Uri($"https://localhost:{host.Address(2).Port}"),
        Authority = PathOf("tls/ca.pem"),
        Certificate = PathOf($"clients/{party}.pem"),
        Key = PathOf($"clients/{party}.key"),
        RetryTime = TimeSpan.Zero,
    };

    /// <summary>A project with terms, approved by some.</summary>
    /// <param name="address">Where the unit answers in HTTP/2 without encryption.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="approving">Who approves; both parties are invited.</param>
    public async Task<string> AgreeAsync(Uri address, Terms terms, params string[] approving)
    {
        ProjectService.ProjectServiceClient client = new(Connect(address));
        string id = (await client.CreateProjectAsync(
            new CreateProjectRequest { IdempotencyKey = NewKey, Name = "study" }, As("analyst"))).Project.Id;
        foreach (string party in new[] { "health", "benefits" })
        {
            await client.InvitePartyAsync(
                new InvitePartyRequest { IdempotencyKey = NewKey, ProjectId = id, Party = party }, As("analyst"));
        }

        Project project = (await client.ProposeTermsAsync(
            new ProposeTermsRequest { IdempotencyKey = NewKey, ProjectId = id, Terms = terms },
            As("analyst"))).Project;
        foreach (string party in approving)
        {
            await client.ApproveTermsAsync(
                new ApproveTermsRequest { ProjectId = id, TermsDigest = project.Terms.Digest }, As(party));
        }

        return id;
    }

    /// <summary>Links a project whose files are there.</summary>
    public async Task LinkAsync(Uri address, string projectId)
    {
        LinkageService.LinkageServiceClient client = new(Connect(address));
        StartRunRequest start = new()
        {
            IdempotencyKey = NewKey,
            ProjectId = projectId,
            Options = new RunOptions { Seed = 1 },
        };
        Run run = (await client.StartRunAsync(start, As("analyst"))).Run;
        using AsyncServerStreamingCall<WatchRunResponse> watch = client.WatchRun(
            new WatchRunRequest { RunId = run.Id }, As("analyst"));
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            run = watch.ResponseStream.Current.Run;
        }

        Assert.Equal(RunState.Succeeded, run.State);
    }

    /// <summary>Puts an agreement before the parties, and has some of them sign it.</summary>
    public async Task SignAsync(
        Uri address, string projectId, AgreementSample agreement, AgreementText text, params string[] signing)
    {
        AgreementService.AgreementServiceClient client = new(Connect(address));
        ProposeAgreementRequest proposal = new()
        {
            IdempotencyKey = NewKey,
            ProjectId = projectId,
            DocumentText = Encoding.UTF8.GetString(AgreementText.Format(text.Document)),
        };
        await client.ProposeAgreementAsync(proposal, As("health"));
        foreach (string party in signing)
        {
            string signature = agreement.SignatureText(text, party);
            await client.SignAgreementAsync(
                new SignAgreementRequest { ProjectId = projectId, SignatureText = signature }, As(party));
        }
    }

    /// <summary>The party's uploads at the unit.</summary>
    public async Task<IReadOnlyList<Upload>> UploadsAsync(Uri address, string projectId, string party = "health")
    {
        ListUploadsResponse page = await new ExchangeService.ExchangeServiceClient(Connect(address)).ListUploadsAsync(
            new ListUploadsRequest { ProjectId = projectId }, As(party));
        return page.Uploads;
    }

    public void Dispose()
    {
        _channels.ForEach(channel => channel.Dispose());
        _folder.Dispose();
    }

    private CallOptions As(string name) =>
        new(new Metadata { { "authorization", $"Bearer {TokenOf(name)}" } });

    private CallInvoker Connect(Uri address)
    {
        GrpcChannel channel = GrpcChannel.ForAddress(address);
        _channels.Add(channel);
        return channel.CreateCallInvoker();
    }
}
