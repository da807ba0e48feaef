using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>The messages of a client, for a handler.</summary>
internal sealed class RequestStream<T>(HttpServerCall call, MessageCodec<T> codec) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;
    private bool _hasEnded;

    public T Current => _current ?? throw new InvalidOperationException("There is no current message.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            return false;
        }

        _current = cancellationToken.CanBeCanceled && cancellationToken != call.CancellationToken
            ? await ReadLinkedAsync(cancellationToken)
            : await call.ReadAsync(codec, call.CancellationToken);
        _hasEnded = _current is null;
        return !_hasEnded;
    }

    private async Task<T?> ReadLinkedAsync(CancellationToken cancel)
    {
        using CancellationTokenSource linked =
            CancellationTokenSource.CreateLinkedTokenSource(cancel, call.CancellationToken);
        return await call.ReadAsync(codec, linked.Token);
    }
}
