using System.Net.Sockets;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Logging;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;

namespace Linkage.Sidecar.Hosting;

/// <summary>Builds the web application and runs it until it is told to stop.</summary>
internal static class SidecarHost
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(30);

    /// <summary>Builds the application; nothing listens yet.</summary>
    /// <remarks>
    /// The empty builder is deliberate: the fuller ones open further endpoints from <c>urls</c>, <c>Kestrel</c> and
    /// environment variables, past the checks of the configuration.
    /// </remarks>
    /// <exception cref="SidecarOptionsException">A file that the configuration names cannot be used.</exception>
    /// <exception cref="IOException">The unit's store is in use, or cannot be written.</exception>
    public static WebApplication Build(SidecarOptions options, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => KestrelListeners.Configure(
                kestrel, options, kestrel.ApplicationServices.GetService<ServerCertificate>()));
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket =
            endPoint => TcpKeepAlive.Apply(
                UnixSocketListener.Bind(endPoint, options.Listeners.Unix), options.Limits.KeepAlive));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain);
        builder.Services.AddRoutingCore();
        AddIdentity(builder.Services, options, time);
        builder.Services.AddSidecarServices(options, time);
        builder.Services.AddSidecarTelemetry(options.Telemetry);
        if (options.Listeners.Tls is { } tls)
        {
            builder.Services.AddSingleton(_ => ServerCertificate.Load(tls, time));
        }

        AddLogging(builder.Logging, options.Logging);
        WebApplication app = builder.Build();
        // Loaded now, so that a wrong file is a fault of the configuration and not of the start.
        _ = app.Services.GetService<ServerCertificate>();
        app.UsePrometheusListener();
        app.MapGet(HealthEndpoint.Path, HealthEndpoint.AnswerAsync);
        app.MapSidecarServices();
        return app;
    }

    /// <summary>Runs until SIGTERM, SIGINT or <paramref name="stop"/>, then lets open requests finish.</summary>
    /// <returns>The exit code: 0 after a clean stop, 1 when a listener cannot be opened.</returns>
    public static async Task<int> RunAsync(
        WebApplication app, SidecarOptions options, SystemdNotifier supervisor, CancellationToken stop)
    {
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Linkage.Sidecar");
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            logger.CannotListen(options.Listeners.ToString(), failure);
            return 1;
        }

        foreach (string address in app.Urls)
        {
            logger.Listening(NameOf(address, options.Listeners), ProductVersion.Current);
        }

        if (app.Services.GetService<ServerCertificate>() is { } certificate
            && certificate.Expires - app.Services.GetRequiredService<TimeProvider>().GetUtcNow() < ExpiresSoon)
        {
            logger.CertificateExpires(certificate.Expires.ToUniversalTime());
        }

        using CancellationTokenRegistration stopping = app.Lifetime.ApplicationStopping.Register(
            () => _ = supervisor.Stopping());
        if (!supervisor.Ready())
        {
            logger.SupervisorNotThere(SystemdNotifier.Variable);
        }

        await app.WaitForShutdownAsync(stop);
        if (options.Listeners.Unix is { } unix)
        {
            UnixSocketListener.Remove(unix);
        }

        logger.Stopped();
        return 0;
    }

    // Kestrel names the place where the socket was bound, which is not the one where it is.
    private static string NameOf(string address, ListenerOptions listeners) =>
        listeners.Unix is { } unix && address.StartsWith("http://unix:", StringComparison.Ordinal)
            ? $"unix:{unix.Path}"
            : address;

    private static void AddIdentity(IServiceCollection services, SidecarOptions options, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton(options);
        services.AddSingleton(new PrincipalRegistry(options.Principals));
        services.AddSingleton<ITokenStore>(
            options.Tokens.File is { } file ? new FileTokenStore(file, time) : new MemoryTokenStore());
        services.AddSingleton(new FailureLimiter(options.Limits.FailuresPerMinute, time));
        services.AddSingleton(new CallerLimiter(
            options.Limits.RequestsPerSecond,
            options.Limits.ConcurrentCalls,
            time,
            options.Limits.ConcurrentStreams));
        services.AddSingleton<CallerResolver>();
    }

    private static void AddLogging(ILoggingBuilder logging, LoggingOptions options)
    {
        logging.SetMinimumLevel(options.Level);
        logging.AddFilter("Microsoft", options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning);
        if (options.IsJson)
        {
            logging.AddJsonConsole(console => SetTimes(console, after: string.Empty));
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                SetTimes(console, after: " ");
                console.SingleLine = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }
    }

    private static void SetTimes(ConsoleFormatterOptions console, string after)
    {
        console.UseUtcTimestamp = true;
        console.TimestampFormat = $"yyyy-MM-dd'T'HH:mm:ss.fff'Z'{after}";
    }
}
