namespace Grpc.Core;

/// <summary>A call with one message there and many back, under way. Disposing cancels it.</summary>
internal sealed class AsyncServerStreamingCall<TResponse> : IDisposable
{
    private readonly IClientCall _call;

    internal AsyncServerStreamingCall(IAsyncStreamReader<TResponse> responses, IClientCall call)
    {
        ResponseStream = responses;
        _call = call;
    }

    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    public Task<Metadata> ResponseHeadersAsync => _call.ResponseHeadersAsync;

    /// <summary>The outcome; only after the end of the call.</summary>
    public Status GetStatus() => _call.GetStatus();

    /// <summary>The trailers; only after the end of the call.</summary>
    public Metadata GetTrailers() => _call.GetTrailers();

    public void Dispose() => _call.Dispose();
}
