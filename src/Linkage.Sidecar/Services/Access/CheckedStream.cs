using Grpc.Core;

namespace Linkage.Sidecar.Services.Access;

/// <summary>A client's stream whose first message is checked before its service sees it.</summary>
internal sealed class CheckedStream<T> : IAsyncStreamReader<T>
    where T : class
{
    private readonly IAsyncStreamReader<T> _inner;
    private readonly Action<T> _check;
    private bool _isChecked;

    /// <summary>Reads from a stream.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="check">Throws to refuse the call.</param>
    public CheckedStream(IAsyncStreamReader<T> inner, Action<T> check)
    {
        _inner = inner;
        _check = check;
    }

    /// <inheritdoc/>
    public T Current => _inner.Current;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        bool isThere = await _inner.MoveNext(cancellationToken);
        if (isThere && !_isChecked)
        {
            _check(_inner.Current);
            _isChecked = true;
        }

        return isThere;
    }
}
