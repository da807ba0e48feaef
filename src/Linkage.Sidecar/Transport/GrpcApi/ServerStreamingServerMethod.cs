namespace Grpc.Core;

/// <summary>A handler that takes one message and gives many.</summary>
internal delegate Task ServerStreamingServerMethod<TRequest, TResponse>(
    TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
