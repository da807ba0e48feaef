using Grpc.AspNetCore.Server;
using Linkage.Sidecar.Transport.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what gRPC services need.</summary>
internal static class GrpcServicesExtensions
{
    private static readonly TimeSpan AfterDrain = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddGrpc(
        this IServiceCollection services, Action<GrpcServiceOptions>? configureOptions = null)
    {
        services.AddOptions<GrpcServiceOptions>();
        if (configureOptions is not null)
        {
            services.Configure(configureOptions);
        }

        services.AddRoutingCore();
        services.Configure<RouteOptions>(
            options => options.SetParameterPolicy<UnknownMethodConstraint>(UnknownMethodConstraint.Name));

        // The host's own patience must outlast the drain, or it would cut the calls first.
        services.AddOptions<HostOptions>().PostConfigure<Options.IOptions<GrpcServiceOptions>>((host, grpc) =>
        {
            TimeSpan needed = grpc.Value.DrainTimeout + AfterDrain;
            host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
        });
        services.TryAddSingleton<CallTracker>();
        services.TryAddSingleton<CallSettings>();
        services.TryAddSingleton<ServiceRegistry>();
        services.TryAddSingleton<UnknownMethod>();
        return services;
    }
}
