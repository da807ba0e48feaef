using System.Net.Sockets;
using Linkage.Sidecar.Logging;

namespace Linkage.Sidecar.Hosting;

/// <summary>Builds the web application and runs it until it is told to stop.</summary>
internal static class SidecarHost
{
    /// <summary>Builds the application; nothing listens yet.</summary>
    /// <remarks>
    /// The empty builder is deliberate: the fuller ones open further endpoints from <c>urls</c>, <c>Kestrel</c> and
    /// environment variables, past the check that only a loopback address is listened on.
    /// </remarks>
    public static WebApplication Build(SidecarOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen);
        });
        builder.Services.AddRoutingCore();
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });

        WebApplication app = builder.Build();
        app.MapGet(HealthEndpoint.Path, HealthEndpoint.AnswerAsync);
        return app;
    }

    /// <summary>Runs until SIGTERM, SIGINT or <paramref name="stop"/>, then lets open requests finish.</summary>
    /// <returns>The exit code: 0 after a clean stop, 1 when the address cannot be listened on.</returns>
    public static async Task<int> RunAsync(WebApplication app, SidecarOptions options, CancellationToken stop)
    {
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Linkage.Sidecar");
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            logger.CannotListen(options.Listen, failure);
            return 1;
        }

        foreach (string address in app.Urls)
        {
            logger.Listening(address, ProductVersion.Current);
        }

        await app.WaitForShutdownAsync(stop);
        logger.Stopped();
        return 0;
    }
}
