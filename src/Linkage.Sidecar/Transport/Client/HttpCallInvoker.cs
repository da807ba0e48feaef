using Grpc.Core;
using Grpc.Net.Client;

namespace Linkage.Sidecar.Transport.Client;

/// <summary>Makes gRPC calls over HTTP/2.</summary>
internal sealed class HttpCallInvoker(
    HttpMessageInvoker http, Uri address, GrpcChannelOptions options, TimeProvider time) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using AsyncUnaryCall<TResponse> call = AsyncUnaryCall(method, host, options, request);
        return call.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        HttpClientCall<TRequest, TResponse> call = Start(method, host, options, request);
        return new AsyncUnaryCall<TResponse>(call.ReadOnlyAsync(), call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        HttpClientCall<TRequest, TResponse> call = Start(method, host, options, request);
        return new AsyncServerStreamingCall<TResponse>(call, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        HttpClientCall<TRequest, TResponse> call = Start(method, host, options, null);
        return new AsyncClientStreamingCall<TRequest, TResponse>(call.Requests, call.ReadOnlyAsync(), call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        HttpClientCall<TRequest, TResponse> call = Start(method, host, options, null);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(call.Requests, call, call);
    }

    private HttpClientCall<TRequest, TResponse> Start<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions call, TRequest? request)
        where TRequest : class
        where TResponse : class
    {
        HttpClientCall<TRequest, TResponse> started = new(method, call, options, time);
        started.Start(http, new Uri(address, method.FullName), host, request);
        return started;
    }
}
