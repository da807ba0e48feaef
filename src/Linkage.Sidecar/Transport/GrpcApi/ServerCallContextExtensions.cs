using Linkage.Sidecar.Transport.Server;

namespace Grpc.Core;

/// <summary>The way from a call to the HTTP request under it.</summary>
internal static class ServerCallContextExtensions
{
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext) =>
        serverCallContext is HttpServerCall call
            ? call.HttpContext
            : throw new InvalidOperationException("The call does not travel over HTTP.");
}
