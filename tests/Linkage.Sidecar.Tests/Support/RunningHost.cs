using System.Net;
using Linkage.Sidecar.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Linkage.Sidecar.Tests.Support;

/// <summary>A host in this process, on ports that the system chose.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    public static readonly IPEndPoint FreePort = new(IPAddress.Loopback, 0);

    private RunningHost(WebApplication app)
    {
        App = app;
    }

    public WebApplication App { get; }

    /// <summary>Options with an HTTP/1.1 port and nothing else.</summary>
    public static SidecarOptions Options { get; } = new()
    {
        Roles = SidecarRoles.Unit,
        Listeners = new ListenerOptions { Http1 = FreePort },
    };

    /// <summary>Starts a host.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="map">Adds routes.</param>
    public static async Task<RunningHost> StartAsync(SidecarOptions options, Action<WebApplication>? map = null)
    {
        WebApplication app = SidecarHost.Build(options, TimeProvider.System);
        map?.Invoke(app);
        await app.StartAsync();
        return new RunningHost(app);
    }

    /// <summary>The address of a listener, in the order in which they are opened.</summary>
    public Uri Address(int listener = 0) => new(App.Urls.ElementAt(listener));

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
