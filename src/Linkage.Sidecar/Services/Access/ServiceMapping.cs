using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Unit.Admin;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Services.Unit.Projects;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Puts the services of the configured roles behind the gate.</summary>
internal static class ServiceMapping
{
    /// <summary>Adds the gate and what the services need.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="store">The unit's store, owned by whoever opened it; null without the unit's role.</param>
    public static void AddSidecarServices(this IServiceCollection services, SidecarOptions options, UnitStore? store)
    {
        services.AddSingleton(new AccessPolicy(store));
        services.AddSingleton<CallerLookup>(
            provider => call => provider.GetRequiredService<CallerResolver>().Resolve(call.GetHttpContext()));
        services.AddSingleton<AccessGate>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.Limits.MessageBytes;
            grpc.DrainTimeout = options.Drain;
            grpc.Interceptors.Add<AccessGate>();
        });
        if (store is not null)
        {
            services.AddSingleton(store);
            services.AddSingleton<ProcessFacts>();
            services.AddSingleton<TokenDesk>();
            services.AddSingleton<Preflight>();
            services.AddSingleton<ProjectService>();
            services.AddSingleton<ExchangeService>();
            services.AddSingleton<AdminService>();
            services.AddRuns(options.Directories.Data!);
        }
    }

    /// <summary>Maps the services of the configured roles.</summary>
    public static void MapSidecarServices(this WebApplication app, SidecarOptions options)
    {
        if (options.Roles.HasFlag(SidecarRoles.Unit))
        {
            app.MapGrpcService<ProjectService>();
            app.MapGrpcService<ExchangeService>();
            app.MapGrpcService<AdminService>();
            app.MapGrpcService<LinkageService>();
        }
    }
}
