using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>How an interceptor is made.</summary>
internal sealed class InterceptorRegistration
{
    private readonly ObjectFactory? _factory;
    private readonly object[] _arguments;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        _arguments = arguments;
        _factory = arguments.Length == 0
            ? ActivatorUtilities.CreateFactory(type, Type.EmptyTypes)
            : null;
    }

    public Type Type { get; }

    public IReadOnlyList<object> Arguments => _arguments;

    internal Interceptor Create(IServiceProvider services) => (Interceptor)(services.GetService(Type)
        ?? _factory?.Invoke(services, [])
        ?? ActivatorUtilities.CreateInstance(services, Type, _arguments));
}
