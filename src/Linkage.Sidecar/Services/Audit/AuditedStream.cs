using Google.Protobuf;
using Grpc.Core;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>Answers whose first message waits until the call is in the audit log.</summary>
internal sealed class AuditedStream<T> : IServerStreamWriter<T>
{
    private readonly IServerStreamWriter<T> _inner;
    private readonly Func<IMessage?, Task> _note;
    private bool _isNoted;

    /// <summary>Writes to a stream.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="note">Notes the call with its first message; throws to withhold it.</param>
    public AuditedStream(IServerStreamWriter<T> inner, Func<IMessage?, Task> note)
    {
        _inner = inner;
        _note = note;
    }

    /// <inheritdoc/>
    public WriteOptions? WriteOptions
    {
        get => _inner.WriteOptions;
        set => _inner.WriteOptions = value;
    }

    /// <inheritdoc/>
    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        await NoteOnceAsync(message as IMessage);
        await _inner.WriteAsync(message, cancellationToken);
    }

    /// <summary>Notes a call that had no message: that there is nothing has been told, too.</summary>
    public Task EndAsync() => NoteOnceAsync(null);

    private async Task NoteOnceAsync(IMessage? message)
    {
        if (!_isNoted)
        {
            await _note(message);
            _isNoted = true;
        }
    }
}
