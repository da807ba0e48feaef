using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>A server with services over the store of a bench behind the gate; who calls is said by a header.</summary>
internal abstract class BenchServer : IAsyncDisposable
{
    private const string CallerHeader = "test-caller";

    private readonly WebApplication _app;

    protected BenchServer(WebApplication app)
    {
        _app = app;
        Channel = GrpcChannel.ForAddress(app.Urls.Single());
    }

    protected GrpcChannel Channel { get; }

    protected IServiceProvider Services => _app.Services;

    /// <summary>From now on, nobody knows who this is.</summary>
    public void Revoke(string caller) =>
        Services.GetRequiredService<ConcurrentDictionary<string, bool>>()[caller] = true;

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Starts it on a free port.</summary>
    /// <param name="bench">Whose store it has.</param>
    /// <param name="add">Adds what its services need.</param>
    /// <param name="map">Maps its services.</param>
    /// <param name="time">The clock; null for the system's.</param>
    protected static async Task<WebApplication> RunAsync(
        RunBench bench, Action<IServiceCollection> add, Action<WebApplication> map, TimeProvider? time = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new AccessPolicy(bench.Store));
        builder.Services.AddSingleton(new CallerLimiter(perSecond: 100_000, concurrent: 100, TimeProvider.System));
        ConcurrentDictionary<string, bool> revoked = new();
        builder.Services.AddSingleton(revoked);
        builder.Services.AddSingleton<CallerLookup>(_ => call =>
            CallerOf(call) is var caller && revoked.ContainsKey(caller.Name) ? Caller.Anonymous : caller);
        builder.Services.AddSingleton<AccessGate>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<AccessGate>());
        builder.Services.AddSingleton(bench.Store); // given, not made here: it is the bench that closes it
        add(builder.Services);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    /// <summary>Says who calls; nobody whom the unit knows, if the role is none.</summary>
    protected static CallOptions Named(CallerRoles? role, string name) =>
        new([new Metadata.Entry(CallerHeader, role is null ? name : $"{role} {name}")]);

    /// <summary>Who calls, as the header says.</summary>
    protected static Caller CallerOf(ServerCallContext context) =>
        context.RequestHeaders.GetValue(CallerHeader)?.Split(' ') is [string role, string name]
            ? new Caller(CallerKind.Certificate, name, Enum.Parse<CallerRoles>(role))
            : Caller.Anonymous;
}
