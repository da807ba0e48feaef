using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Transport.Server;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Adds figures, traces and their ways out to the host.</summary>
internal static class TelemetryServices
{
    /// <summary>The path of the figures, on their own listener.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>Makes the instruments, and what listens to them.</summary>
    public static void AddSidecarTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        foreach (RpcName rpc in RpcName.All)
        {
            services.AddSingleton(rpc);
        }

        services.AddSingleton(provider => new SidecarMetrics(
            provider.GetServices<RpcName>().Select(rpc => rpc.FullName)));
        services.AddSingleton<CallObserver, CallTelemetry>();

        // Whoever is not listened to costs next to nothing.
        if (options.Prometheus is not null)
        {
            services.AddSingleton(provider =>
                new PrometheusCollector(provider.GetRequiredService<SidecarMetrics>().Meter));
        }

        if (options.Otlp is { } collector)
        {
            services.AddSingleton(_ => new TelemetryExport(collector));
        }
    }

    /// <summary>Answers the figures on their listener, where nothing else is answered, and nowhere else.</summary>
    public static void UsePrometheusListener(this WebApplication app)
    {
        // Both begin to listen now, so that nothing is missed.
        _ = app.Services.GetService<TelemetryExport>();
        if (app.Services.GetService<PrometheusCollector>() is { } collector)
        {
            app.Use((context, next) => ListenerFeature.Of(context) == ListenerKind.Prometheus
                ? AnswerAsync(context, collector)
                : next(context));
        }
    }

    private static Task AnswerAsync(HttpContext context, PrometheusCollector collector)
    {
        if (context.Request.Path != MetricsPath || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = PrometheusCollector.ContentType;
        return context.Response.WriteAsync(collector.Write(), context.RequestAborted);
    }
}
