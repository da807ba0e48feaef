using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Services.Access.Support;

/// <summary>The unit as it runs, on a free port, called by generated clients with bearer tokens.</summary>
internal sealed class UnitHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _tokens = [];
    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];

    private UnitHost(Func<SidecarOptions, SidecarOptions> change, TimeProvider time)
    {
        SidecarOptions options = change(RunningHost.Options with
        {
            Listeners = new ListenerOptions { Http2 = RunningHost.FreePort },
            Directories = new DirectoryOptions { Data = Path.Join(_folder.Path, "data") },
            Principals =
            [
                .. Parties.Select(party => new Principal(party, CallerRoles.Party)),
                new Principal("analyst", CallerRoles.Analyst),
                new Principal("operator", CallerRoles.Operator),
                new Principal("auditor", CallerRoles.Auditor),
            ],
            Limits = new LimitOptions { RequestsPerSecond = 100_000, ConcurrentCalls = 1000 },
        });
        _app = SidecarHost.Build(options, time);
        foreach (Principal principal in options.Principals)
        {
            (string text, TokenRecord record) = BearerToken.Create(
                principal.Name, principal.Role, time.GetUtcNow().AddDays(60));
            _app.Services.GetRequiredService<ITokenStore>().Add(record);
            _tokens.Add(principal.Name, text);
        }
    }

    public static IReadOnlyList<string> Parties { get; } = ["health", "benefits", "schools", "outsider"];

    public string Folder => _folder.Path;

    public UnitStore Store => _app.Services.GetRequiredService<UnitStore>();

    public IServiceProvider Services => _app.Services;

    public IEnumerable<string> Urls => _app.Urls;

    public Uri Address => new(_app.Urls.First());

    public string DataPath => Path.Join(_folder.Path, "data");

    public static string NewKey => $"key-{Guid.NewGuid():N}";

    /// <summary>Starts a unit.</summary>
    /// <param name="log">Collects what it logs; null for nobody.</param>
    /// <param name="change">Changes the options; null for a plain unit.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="prepare">Adds to the application before it starts.</param>
    public static async Task<UnitHost> StartAsync(
        ILoggerProvider? log = null,
        Func<SidecarOptions, SidecarOptions>? change = null,
        TimeProvider? time = null,
        Action<WebApplication>? prepare = null)
    {
        UnitHost host = new(change ?? (options => options), time ?? TimeProvider.System);
        prepare?.Invoke(host._app);
        if (log is not null)
        {
            ILoggerFactory factory = host._app.Services.GetRequiredService<ILoggerFactory>();
            factory.AddProvider(log);
            // Shows that what the host logs is collected.
            factory.CreateLogger("Linkage.Tests").Log(LogLevel.Information, default, "wired", null, (text, _) => text);
        }

        await host._app.StartAsync();
        return host;
    }

    public CallOptions As(string name) => new(new Metadata { { "authorization", $"Bearer {_tokens[name]}" } });

    /// <summary>The text that Prometheus would read, if the options have a listener for it.</summary>
    public async Task<string> ScrapeAsync()
    {
        using HttpClient client = new();
        return await client.GetStringAsync(new Uri(new Uri(_app.Urls.Last()), "/metrics"));
    }

    public string TokenOf(string name) => _tokens[name];

    /// <summary>A connection of its own.</summary>
    public GrpcChannel Connect()
    {
        GrpcChannel channel = GrpcChannel.ForAddress(_app.Urls.First());
        _channels.Add(channel);
        return channel;
    }

    public ProjectService.ProjectServiceClient Projects() => new(Connect());

    public ExchangeService.ExchangeServiceClient Exchange() => new(Connect());

    public LinkageService.LinkageServiceClient Runs() => new(Connect());

    public LookupService.LookupServiceClient Lookups() => new(Connect());

    public AgreementService.AgreementServiceClient Agreements() => new(Connect());

    public AdminService.AdminServiceClient Admin() => new(Connect());

    /// <summary>Status and reason of the error a call ends with.</summary>
    public static async Task<(StatusCode Code, string Reason)> RefusalAsync<T>(AsyncUnaryCall<T> call)
    {
        using (call)
        {
            RpcException refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
            return (refused.StatusCode, ReasonOf(refused));
        }
    }

    /// <summary>The reason an error carries.</summary>
    public static string ReasonOf(RpcException refused)
    {
        byte[] details = refused.Trailers.GetValueBytes("grpc-status-details-bin")
            ?? throw new InvalidOperationException("The error has no details.");
        Google.Rpc.Status status = Google.Rpc.Status.Parser.ParseFrom(details);
        Assert.Equal((int)refused.StatusCode, status.Code);
        ErrorInfo info = status.Details[0].Unpack<ErrorInfo>();
        Assert.Equal("linkage.v1", info.Domain);
        return info.Reason;
    }

    /// <summary>Stops it as SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
