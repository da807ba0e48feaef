using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>A fake unit behind a real server on loopback.</summary>
internal sealed class UnitHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private UnitHost(WebApplication app)
    {
        _app = app;
        _channel = GrpcChannel.ForAddress(app.Urls.Single());
    }

    public FakeUnit Unit => _app.Services.GetRequiredService<FakeUnit>();

    public static async Task<UnitHost> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<FakeUnit>();
        WebApplication app = builder.Build();
        app.MapGrpcService<FakeUnit>();
        await app.StartAsync();
        return new UnitHost(app);
    }

    /// <summary>The way to the unit by its configured name.</summary>
    public CallInvoker? Connect(string name) => name == "unit" ? _channel.CreateCallInvoker() : null;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
