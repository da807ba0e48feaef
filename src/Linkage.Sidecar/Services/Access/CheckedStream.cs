using Grpc.Core;

namespace Linkage.Sidecar.Services.Access;

/// <summary>
/// A client's stream whose first message is checked before its service sees it; at every later one it is asked again
/// who sends it.
/// </summary>
internal sealed class CheckedStream<T> : IAsyncStreamReader<T>
    where T : class
{
    private readonly IAsyncStreamReader<T> _inner;
    private readonly Action<T> _check;
    private readonly Action _checkAgain;
    private bool _isChecked;

    /// <summary>Reads from a stream.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="check">Throws to refuse the call.</param>
    /// <param name="checkAgain">Throws to end it at a later message.</param>
    public CheckedStream(IAsyncStreamReader<T> inner, Action<T> check, Action checkAgain)
    {
        _checkAgain = checkAgain;
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
        else if (isThere)
        {
            _checkAgain();
        }

        return isThere;
    }
}
