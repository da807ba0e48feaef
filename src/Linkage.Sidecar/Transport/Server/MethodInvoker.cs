using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Carries out one call whose way of writing messages is known.</summary>
internal delegate Task MethodInvoker<TRequest, TResponse>(
    HttpServerCall call, MessageCodec<TRequest> requests, MessageCodec<TResponse> responses)
    where TRequest : class
    where TResponse : class;
