using Linkage.Sidecar.Transport.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Linkage.Sidecar.Transport.Standard;

/// <summary>Adds and maps the services that tools and supervisors expect of every gRPC server.</summary>
internal static class StandardServices
{
    public static IServiceCollection AddGrpcHealth(this IServiceCollection services)
    {
        services.TryAddSingleton<HealthStatuses>();
        return services;
    }

    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        services.TryAddSingleton<ReflectionAnswers>();
        return services;
    }

    public static IEndpointConventionBuilder MapGrpcHealthService(this IEndpointRouteBuilder builder) =>
        builder.MapGrpcService<HealthService>();

    /// <summary>Maps both versions of reflection.</summary>
    public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder) =>
        new GrpcConventions(
            [builder.MapGrpcService<ReflectionAlphaService>(), builder.MapGrpcService<ReflectionService>()]);
}
