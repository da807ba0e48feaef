using Linkage.Sidecar.Services.Unit.Runs.Results;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Telemetry;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Adds runs, their results and the queue that works them off.</summary>
internal static class RunServices
{
    private const string ScratchName = "scratch";

    /// <summary>Adds them.</summary>
    /// <param name="services">Where to; the store and the time are there.</param>
    /// <param name="dataDirectory">The unit's directory; results on their way have a directory in it.</param>
    public static IServiceCollection AddRuns(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton(provider => new RunReader(provider.GetRequiredService<UnitStore>().Runs));
        services.AddSingleton<RunStarter>();
        services.AddSingleton<ResultStreams>();
        services.AddSingleton<GroupStream>();
        services.AddSingleton<ResultFigures>();
        services.AddSingleton<LinkageService>();
        services.AddHostedService(provider => new RunQueue(
            provider.GetRequiredService<UnitStore>(),
            Path.Join(dataDirectory, ScratchName),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RunQueue>>(),
            provider.GetService<SidecarMetrics>()));
        return services;
    }
}
