using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>The service and the interceptors of one call; what was made for the call is disposed with it.</summary>
internal sealed class ServiceScope<TService> : IAsyncDisposable
    where TService : class
{
    private static readonly ObjectFactory<TService> Factory =
        ActivatorUtilities.CreateFactory<TService>(Type.EmptyTypes);

    private readonly IServiceProvider _services;
    private readonly bool _isOurs;

    public ServiceScope(IServiceProvider services)
    {
        _services = services;
        TService? registered = services.GetService<TService>();
        _isOurs = registered is null;
        Service = registered ?? Factory(services, []);
    }

    public TService Service { get; }

    /// <summary>The interceptors, innermost first: the order in which they are wrapped around the handler.</summary>
    public IEnumerable<Interceptor> Interceptors(InterceptorCollection registrations)
    {
        for (int i = registrations.Count - 1; i >= 0; i--)
        {
            yield return registrations[i].Create(_services);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOurs && Service is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else if (_isOurs && Service is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
