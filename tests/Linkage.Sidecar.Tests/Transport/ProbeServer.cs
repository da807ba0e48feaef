using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Linkage.Sidecar.Tests.Transport.Contract;
using Linkage.Sidecar.Transport.Standard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>A server with the test service on two free ports of the loopback: HTTP/2 and HTTP/1.1.</summary>
internal sealed class ProbeServer : IAsyncDisposable
{
    private ProbeServer(WebApplication app, ProbeMemory memory, CollectedLog log)
    {
        App = app;
        Memory = memory;
        Log = log;
        string[] addresses = [.. app.Urls];
        Http2 = new Uri(addresses[0]);
        Http1 = new Uri(addresses[1]);
        Channel = GrpcChannel.ForAddress(Http2, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        Client = new Probe.ProbeClient(Channel);
        Http = new HttpClient
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            BaseAddress = Http2,
        };
        Web = new HttpClient { BaseAddress = Http1 };
    }

    public WebApplication App { get; }

    public ProbeMemory Memory { get; }

    public CollectedLog Log { get; }

    public Uri Http2 { get; }

    public Uri Http1 { get; }

    public GrpcChannel Channel { get; }

    public Probe.ProbeClient Client { get; }

    /// <summary>Speaks HTTP/2 only.</summary>
    public HttpClient Http { get; }

    /// <summary>Speaks HTTP/1.1.</summary>
    public HttpClient Web { get; }

    public static async Task<ProbeServer> StartAsync(
        Action<GrpcServiceOptions>? options = null,
        Action<KestrelServerOptions>? kestrel = null,
        Action<IServiceCollection>? services = null)
    {
        CollectedLog log = new();
        ProbeMemory memory = new();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel?.Invoke(server);
        });
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton(memory).AddGrpc(options).AddGrpcHealth().AddGrpcReflection();
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapGrpcService<ProbeService>();
        app.MapGrpcHealthService();
        app.MapGrpcReflectionService();
        await app.StartAsync();
        return new ProbeServer(app, memory, log);
    }

    public async ValueTask DisposeAsync()
    {
        Memory.Release.TrySetResult();
        Channel.Dispose();
        Http.Dispose();
        Web.Dispose();
        await App.DisposeAsync();
    }
}
