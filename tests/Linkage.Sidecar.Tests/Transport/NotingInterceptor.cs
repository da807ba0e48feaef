using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>Writes down what passes, and refuses calls that carry a certain header.</summary>
internal sealed class NotingInterceptor(ProbeMemory memory, string name) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        TResponse response = await continuation(request, context);
        memory.Notes.Enqueue($"{name} after");
        return response;
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Note(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("refuse") is not null)
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, "refused"));
        }

        memory.Notes.Enqueue($"{name} {context.Method.Split('/')[^1]}");
    }
}
