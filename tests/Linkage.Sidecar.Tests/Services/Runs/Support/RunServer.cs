using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>A server with the runs of a bench behind the gate; who calls is said by a header.</summary>
internal sealed class RunServer : IAsyncDisposable
{
    private const string CallerHeader = "test-caller";

    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RunServer(WebApplication app)
    {
        _app = app;
        _channel = GrpcChannel.ForAddress(app.Urls.Single());
        Client = new V1.LinkageService.LinkageServiceClient(_channel);
    }

    public V1.LinkageService.LinkageServiceClient Client { get; }

    public static async Task<RunServer> StartAsync(RunBench bench)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new AccessPolicy(bench.Store));
        builder.Services.AddSingleton(new CallerLimiter(perSecond: 10_000, concurrent: 100, TimeProvider.System));
        builder.Services.AddSingleton<CallerLookup>(_ => CallerOf);
        builder.Services.AddSingleton<AccessGate>();
        builder.Services.AddGrpc(options => options.Interceptors.Add<AccessGate>());
        builder.Services.AddSingleton(bench.Store); // given, not made here: it is the bench that closes it
        builder.Services.AddAgreements(new AgreementOptions());
        builder.Services.AddRuns(bench.Folder);
        WebApplication app = builder.Build();
        app.MapGrpcService<LinkageService>();
        await app.StartAsync();
        return new RunServer(app);
    }

    /// <summary>Says who calls.</summary>
    public static CallOptions As(CallerRoles role, string name) =>
        new([new Metadata.Entry(CallerHeader, $"{role} {name}")]);

    public static CallOptions AsAnalyst() => As(CallerRoles.Analyst, RunBench.Analyst);

    public static CallOptions AsParty(string party) => As(CallerRoles.Party, party);

    public static async Task<StatusCode> RefusedAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using AsyncServerStreamingCall<T> owned = call;
        return (await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode;
    }

    public static async Task<List<T>> ReadAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using AsyncServerStreamingCall<T> owned = call;
        return await RunBench.ListAsync(call.ResponseStream.ReadAllAsync());
    }

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
