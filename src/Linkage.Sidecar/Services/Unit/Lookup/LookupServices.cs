using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Adds lookups and what they need, but for the agreement's policy and the audit log.</summary>
internal static class LookupServices
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddLookups(this IServiceCollection services, LookupOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LiveLoader>();
        services.AddSingleton<LiveProjects>();
        services.AddSingleton<ProbingGuard>();
        services.AddSingleton<LookupDesk>();
        services.AddSingleton<RecordDesk>();
        services.AddSingleton<LookupService>();
        services.AddHostedService<LiveSweeper>();
        return services;
    }
}
