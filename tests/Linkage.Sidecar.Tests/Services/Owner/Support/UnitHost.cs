using System.Net;
using Grpc.Net.Client;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Owner;
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

    public static async Task<UnitHost> StartAsync(OwnerFolder folder)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<FakeUnit>();
        builder.Services.AddSingleton<FakeProjects>();
        builder.Services.AddSingleton<FakeLookups>();
        WebApplication app = builder.Build();
        app.MapGrpcService<FakeUnit>();
        app.MapGrpcService<FakeProjects>();
        app.MapGrpcService<FakeLookups>();
        await app.StartAsync();
        UnitHost host = new(app);
        host.Projects.Project = folder.ApprovedProject();
        return host;
    }

    public FakeLookups Lookups => _app.Services.GetRequiredService<FakeLookups>();

    public FakeProjects Projects => _app.Services.GetRequiredService<FakeProjects>();

    /// <summary>How long the owner tries again; not at all unless a test says so.</summary>
    public TimeSpan RetryTime { get; set; }

    /// <summary>The way to the unit by its configured name.</summary>
    public UnitRoute? Connect(string name) => name == "unit"
        ? new UnitRoute(_channel.CreateCallInvoker(), new UnitOptions { Name = name, RetryTime = RetryTime })
        : null;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
