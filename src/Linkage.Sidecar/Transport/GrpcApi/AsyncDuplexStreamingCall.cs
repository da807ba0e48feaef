namespace Grpc.Core;

/// <summary>A call with many messages each way, under way. Disposing cancels it.</summary>
internal sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly IClientCall _call;

    internal AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requests, IAsyncStreamReader<TResponse> responses, IClientCall call)
    {
        RequestStream = requests;
        ResponseStream = responses;
        _call = call;
    }

    public IClientStreamWriter<TRequest> RequestStream { get; }

    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    public Task<Metadata> ResponseHeadersAsync => _call.ResponseHeadersAsync;

    /// <summary>The outcome; only after the end of the call.</summary>
    public Status GetStatus() => _call.GetStatus();

    /// <summary>The trailers; only after the end of the call.</summary>
    public Metadata GetTrailers() => _call.GetTrailers();

    public void Dispose() => _call.Dispose();
}
