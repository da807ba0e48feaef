using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Lookup;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Agreements.Support;

/// <summary>A server with agreements, lookups and results of a bench behind the gate.</summary>
internal sealed class AgreementServer : IAsyncDisposable
{
    private const string CallerHeader = "test-caller";

    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private AgreementServer(WebApplication app)
    {
        _app = app;
        _channel = GrpcChannel.ForAddress(app.Urls.Single());
        Agreements = new V1.AgreementService.AgreementServiceClient(_channel);
        Lookups = new V1.LookupService.LookupServiceClient(_channel);
        Runs = new V1.LinkageService.LinkageServiceClient(_channel);
    }

    public V1.AgreementService.AgreementServiceClient Agreements { get; }

    public V1.LookupService.LookupServiceClient Lookups { get; }

    public V1.LinkageService.LinkageServiceClient Runs { get; }

    public static async Task<AgreementServer> StartAsync(RunBench bench, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(new AccessPolicy(bench.Store));
        builder.Services.AddSingleton(new CallerLimiter(perSecond: 100_000, concurrent: 100, TimeProvider.System));
        builder.Services.AddSingleton<CallerLookup>(_ => CallerOf);
        builder.Services.AddSingleton<AccessGate>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<AccessGate>());
        builder.Services.AddSingleton(bench.Store); // given, not made here: it is the bench that closes it
        builder.Services.AddSingleton<IAuditTrail, RememberedAudit>();
        builder.Services.AddAgreements(new AgreementOptions());
        builder.Services.AddRuns(bench.Folder);
        builder.Services.AddLookups(new LookupOptions { Burst = 100_000, UnknownPercent = 101 });
        WebApplication app = builder.Build();
        app.MapGrpcService<AgreementService>();
        app.MapGrpcService<LookupService>();
        app.MapGrpcService<LinkageService>();
        await app.StartAsync();
        return new AgreementServer(app);
    }

    /// <summary>Says who calls; a party by its name, everybody else by the role.</summary>
    public static CallOptions As(AccessRole role, string party) => new([new Metadata.Entry(CallerHeader, role switch
    {
        AccessRole.Party => $"{CallerRoles.Party} {party}",
        AccessRole.Analyst => $"{CallerRoles.Analyst} {RunBench.Analyst}",
        AccessRole.Anonymous => "nobody",
        _ => $"{role} {role}",
    })]);

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
}
