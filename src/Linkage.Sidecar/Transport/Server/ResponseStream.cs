using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Takes the messages of a handler.</summary>
internal sealed class ResponseStream<T>(HttpServerCall call, MessageCodec<T> codec) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken) =>
        call.WriteAsync(message, codec, WriteOptions, cancellationToken);
}
