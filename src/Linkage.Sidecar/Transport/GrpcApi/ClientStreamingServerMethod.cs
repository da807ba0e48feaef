namespace Grpc.Core;

/// <summary>A handler that takes many messages and gives one.</summary>
internal delegate Task<TResponse> ClientStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
