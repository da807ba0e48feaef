using Grpc.Core;
using Grpc.Core.Interceptors;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Maps each method of a service to a route. Each call has its own service, from its scope.</summary>
internal sealed class ServiceBinder<TService>(IEndpointRouteBuilder endpoints, CallSettings settings)
    : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _mapped = [];

    /// <summary>The routes made.</summary>
    public IReadOnlyList<IEndpointConventionBuilder> Mapped => _mapped;

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        Func<TService, UnaryServerMethod<TRequest, TResponse>> bind =
            Binding<UnaryServerMethod<TRequest, TResponse>>(method, typeof(TRequest), typeof(ServerCallContext));
        Map(method, async (call, requests, responses) =>
        {
            await using ServiceScope<TService> scope = new(call.HttpContext.RequestServices);
            UnaryServerMethod<TRequest, TResponse> next = bind(scope.Service);
            foreach (Interceptor interceptor in scope.Interceptors(settings.Options.Interceptors))
            {
                UnaryServerMethod<TRequest, TResponse> inner = next;
                next = (request, context) => interceptor.UnaryServerHandler(request, context, inner);
            }

            TResponse response = await next(await call.ReadOnlyAsync(requests), call);
            await WriteOnlyAsync(call, response, responses);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        Func<TService, ClientStreamingServerMethod<TRequest, TResponse>> bind =
            Binding<ClientStreamingServerMethod<TRequest, TResponse>>(
                method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        Map(method, async (call, requests, responses) =>
        {
            await using ServiceScope<TService> scope = new(call.HttpContext.RequestServices);
            ClientStreamingServerMethod<TRequest, TResponse> next = bind(scope.Service);
            foreach (Interceptor interceptor in scope.Interceptors(settings.Options.Interceptors))
            {
                ClientStreamingServerMethod<TRequest, TResponse> inner = next;
                next = (stream, context) => interceptor.ClientStreamingServerHandler(stream, context, inner);
            }

            TResponse response = await next(new RequestStream<TRequest>(call, requests), call);
            await WriteOnlyAsync(call, response, responses);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        Func<TService, ServerStreamingServerMethod<TRequest, TResponse>> bind =
            Binding<ServerStreamingServerMethod<TRequest, TResponse>>(
                method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Map(method, async (call, requests, responses) =>
        {
            await using ServiceScope<TService> scope = new(call.HttpContext.RequestServices);
            ServerStreamingServerMethod<TRequest, TResponse> next = bind(scope.Service);
            foreach (Interceptor interceptor in scope.Interceptors(settings.Options.Interceptors))
            {
                ServerStreamingServerMethod<TRequest, TResponse> inner = next;
                next = (request, stream, context) =>
                    interceptor.ServerStreamingServerHandler(request, stream, context, inner);
            }

            await next(await call.ReadOnlyAsync(requests), new ResponseStream<TResponse>(call, responses), call);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        Func<TService, DuplexStreamingServerMethod<TRequest, TResponse>> bind =
            Binding<DuplexStreamingServerMethod<TRequest, TResponse>>(
                method,
                typeof(IAsyncStreamReader<TRequest>),
                typeof(IServerStreamWriter<TResponse>),
                typeof(ServerCallContext));
        Map(method, async (call, requests, responses) =>
        {
            await using ServiceScope<TService> scope = new(call.HttpContext.RequestServices);
            DuplexStreamingServerMethod<TRequest, TResponse> next = bind(scope.Service);
            foreach (Interceptor interceptor in scope.Interceptors(settings.Options.Interceptors))
            {
                DuplexStreamingServerMethod<TRequest, TResponse> inner = next;
                next = (stream, writer, context) =>
                    interceptor.DuplexStreamingServerHandler(stream, writer, context, inner);
            }

            await next(
                new RequestStream<TRequest>(call, requests), new ResponseStream<TResponse>(call, responses), call);
        });
    }

    private static Func<TService, TDelegate> Binding<TDelegate>(IMethod method, params Type[] parameters)
        where TDelegate : Delegate
    {
        System.Reflection.MethodInfo implementation = typeof(TService).GetMethod(method.Name, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService).Name} has no method {method.Name}.");
        return service => implementation.CreateDelegate<TDelegate>(service);
    }

    // A handler that set a status ends with it and needs no message.
    private static Task WriteOnlyAsync<TResponse>(
        HttpServerCall call, TResponse? response, MessageCodec<TResponse> responses)
        where TResponse : class => call.Status.StatusCode switch
        {
            not StatusCode.OK => Task.CompletedTask,
            _ when response is null => throw new RpcException(
                new Status(StatusCode.Cancelled, "The handler gave no message.")),
            _ => call.WriteOnlyAsync(response, responses),
        };

    private void Map<TRequest, TResponse>(
        Method<TRequest, TResponse> method, MethodInvoker<TRequest, TResponse> invoke)
        where TRequest : class
        where TResponse : class
    {
        MethodHandler<TRequest, TResponse> handler = new(method, settings, invoke);
        _mapped.Add(endpoints.MapPost(method.FullName, handler.HandleAsync)
            .WithDisplayName($"gRPC - {method.FullName}")
            .WithMetadata(method));
    }
}
