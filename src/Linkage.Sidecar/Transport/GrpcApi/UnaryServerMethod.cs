namespace Grpc.Core;

/// <summary>A handler that takes one message and gives one.</summary>
internal delegate Task<TResponse> UnaryServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
