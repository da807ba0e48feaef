using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The statuses that the transport itself gives.</summary>
internal static class TransportStatus
{
    public static readonly Status TooLargeToReceive =
        new(StatusCode.ResourceExhausted, "A received message exceeds the maximum size.");

    public static readonly Status TooLargeToSend =
        new(StatusCode.ResourceExhausted, "A message to send exceeds the maximum size.");

    public static readonly Status DeadlineExceeded = new(StatusCode.DeadlineExceeded, "Deadline exceeded.");

    public static readonly Status MessageTooSlow =
        new(StatusCode.DeadlineExceeded, "A message took too long on its way.");

    public static readonly Status Cancelled = new(StatusCode.Cancelled, "The call was cancelled.");

    public static readonly Status HandlerFailed = new(StatusCode.Unknown, "Exception was thrown by handler.");

    public static readonly Status ShuttingDown = new(StatusCode.Unavailable, "The server is shutting down.");

    public static readonly Status UnknownMethod = new(StatusCode.Unimplemented, "There is no such method.");

    public static readonly Status UnsupportedEncoding =
        new(StatusCode.Unimplemented, "The encoding of messages is not supported; supported are identity and gzip.");
}
