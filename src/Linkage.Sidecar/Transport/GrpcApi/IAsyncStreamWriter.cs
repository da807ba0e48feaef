namespace Grpc.Core;

/// <summary>Takes messages one after the other; one write at a time.</summary>
internal interface IAsyncStreamWriter<in T>
{
    /// <summary>How the following messages are written; null for the options of the call.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes one message. The next may be written when the task has ended.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes one message unless cancelled.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken);
}
