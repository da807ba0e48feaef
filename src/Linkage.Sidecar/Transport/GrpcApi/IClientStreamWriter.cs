namespace Grpc.Core;

/// <summary>The messages that a client sends; it says when it has sent all.</summary>
internal interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the service that no message follows.</summary>
    Task CompleteAsync();
}
