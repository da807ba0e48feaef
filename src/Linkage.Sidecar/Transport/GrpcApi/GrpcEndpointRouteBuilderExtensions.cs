using System.Reflection;
using Grpc.Core;
using Linkage.Sidecar.Transport.Server;
using DescriptorOfService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to routes.</summary>
internal static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps every method of a service that derives from a generated base class.</summary>
    public static IEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceProvider services = builder.ServiceProvider;
        CallSettings settings = services.GetService<CallSettings>()
            ?? throw new InvalidOperationException("Call AddGrpc before mapping services.");
        (Type bindType, MethodInfo bind) = FindBinding(typeof(TService));
        ServiceBinder<TService> binder = new(builder, settings);
        bind.Invoke(null, [binder, null]);

        ServiceRegistry registry = services.GetRequiredService<ServiceRegistry>();
        if (bindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            is DescriptorOfService descriptor)
        {
            registry.Add(descriptor);
        }

        MapFallback(builder, registry);
        return new GrpcConventions(binder.Mapped);
    }

    private static (Type BindType, MethodInfo Bind) FindBinding(Type service)
    {
        for (Type? type = service; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute
                && attribute.BindType.GetMethod(attribute.BindMethodName, [typeof(ServiceBinderBase), type])
                    is { } bind)
            {
                return (attribute.BindType, bind);
            }
        }

        throw new InvalidOperationException($"{service.Name} does not derive from a generated service base.");
    }

    private static void MapFallback(IEndpointRouteBuilder builder, ServiceRegistry registry)
    {
        if (!registry.HasFallback)
        {
            registry.HasFallback = true;
            UnknownMethod unknown = builder.ServiceProvider.GetRequiredService<UnknownMethod>();
            builder.MapPost(UnknownMethod.Pattern, unknown.HandleAsync).WithDisplayName("gRPC - unknown method");
        }
    }
}
