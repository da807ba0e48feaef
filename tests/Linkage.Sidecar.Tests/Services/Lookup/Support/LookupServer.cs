using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Lookup;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Lookup.Support;

/// <summary>A server with the lookups of a bench behind the gate; who calls is said by a header.</summary>
internal sealed class LookupServer : IAsyncDisposable
{
    private const string CallerHeader = "test-caller";

    private readonly WebApplication _app;
    private readonly Revocation _revocation;
    private readonly GrpcChannel _channel;
    private readonly RunBench _bench;

    private LookupServer(WebApplication app, RunBench bench, Revocation revocation)
    {
        _app = app;
        _revocation = revocation;
        _bench = bench;
        _channel = GrpcChannel.ForAddress(app.Urls.Single());
        Client = new V1.LookupService.LookupServiceClient(_channel);
    }

    public V1.LookupService.LookupServiceClient Client { get; }

    public GivenPolicy Policy => (GivenPolicy)_app.Services.GetRequiredService<IDisclosurePolicy>();

    public RememberedAudit Audit => (RememberedAudit)_app.Services.GetRequiredService<IAuditTrail>();

    public LiveProjects Live => _app.Services.GetRequiredService<LiveProjects>();

    public static async Task<LookupServer> StartAsync(
        RunBench bench, LookupOptions? options = null, TimeProvider? time = null)
    {
        Revocation revocation = new();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new AccessPolicy(bench.Store));
        builder.Services.AddSingleton(new CallerLimiter(perSecond: 100_000, concurrent: 100, TimeProvider.System));
        builder.Services.AddSingleton<CallerLookup>(
            _ => call => revocation.IsRevoked ? Caller.Anonymous : CallerOf(call));
        builder.Services.AddSingleton<AccessGate>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<AccessGate>());
        builder.Services.AddSingleton(bench.Store); // given, not made here: it is the bench that closes it
        builder.Services.AddSingleton<IDisclosurePolicy, GivenPolicy>();
        builder.Services.AddSingleton<IAuditTrail, RememberedAudit>();
        builder.Services.AddSingleton<AgreementBooks>();
        builder.Services.AddSingleton(provider => new OutputPolicy(
            provider.GetRequiredService<AgreementBooks>(), TimeProvider.System, isRequired: false));
        builder.Services.AddLookups(options ?? new LookupOptions { Burst = 100_000, UnknownPercent = 101 });
        WebApplication app = builder.Build();
        app.MapGrpcService<Sidecar.Services.Unit.Lookup.LookupService>();
        await app.StartAsync();
        return new LookupServer(app, bench, revocation);
    }

    /// <summary>From now on nobody is known any more.</summary>
    public void Revoke() => _revocation.IsRevoked = true;

    public static CallOptions As(string party) =>
        new([new Metadata.Entry(CallerHeader, $"{CallerRoles.Party} {party}")]);

    public static CallOptions AsAnalyst() =>
        new([new Metadata.Entry(CallerHeader, $"{CallerRoles.Analyst} {RunBench.Analyst}")]);

    public LookupRequest Request(byte[] content, params IEnumerable<string> parties) => new()
    {
        ProjectId = _bench.Project.Id,
        Purpose = "coordination",
        CaseReference = "case-1",
        EncodedRecord = ByteString.CopyFrom(content),
        Parties = { parties },
    };

    public LookupBatchRequest Batch(byte[] content, params IEnumerable<string> parties) => new()
    {
        ProjectId = _bench.Project.Id,
        Purpose = "coordination",
        CaseReference = "case-1",
        EncodedRecords = ByteString.CopyFrom(content),
        Parties = { parties },
    };

    public AddRecordsRequest Add(byte[] content) => new()
    {
        IdempotencyKey = Guid.NewGuid().ToString("N"),
        ProjectId = _bench.Project.Id,
        EncodedRecords = ByteString.CopyFrom(content),
    };

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Caller CallerOf(ServerCallContext context) =>
        context.RequestHeaders.GetValue(CallerHeader)?.Split(' ') is [string role, string name]
            ? new Caller(CallerKind.Certificate, name, Enum.Parse<CallerRoles>(role))
            : Caller.Anonymous;

    private sealed class Revocation
    {
        public volatile bool IsRevoked;
    }
}
