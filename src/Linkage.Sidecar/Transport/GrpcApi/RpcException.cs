namespace Grpc.Core;

/// <summary>A call that ended with a status other than OK, on either side.</summary>
internal sealed class RpcException : Exception
{
    public RpcException(Status status)
        : this(status, [], status.ToString())
    {
    }

    public RpcException(Status status, string message)
        : this(status, [], message)
    {
    }

    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    public Status Status { get; }

    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Sent with the status, or received with it.</summary>
    public Metadata Trailers { get; }
}
