using Grpc.Core;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Is told of every call, also of one that no service sees; registered as a service, or nobody is.</summary>
internal abstract class CallObserver
{
    /// <summary>A call begins. What is set in the execution context holds for its handler.</summary>
    /// <returns>What the observer wants to have back at the end.</returns>
    public abstract object? Begin(HttpServerCall call);

    /// <summary>The call has ended, once; on any thread, and maybe before its handler has.</summary>
    public abstract void End(HttpServerCall call, object? begun, StatusCode status);
}
