using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Answers calls of methods that nobody has.</summary>
internal sealed class UnknownMethod(CallSettings settings)
{
    public const string ServiceKey = "service";

    public const string Pattern = "{" + ServiceKey + "}/{method:" + UnknownMethodConstraint.Name + "}";

    public async Task HandleAsync(HttpContext http)
    {
        if (!Negotiation.TryAccept(http, out WireFormat format))
        {
            return;
        }

        // The path is the caller's text, so it goes into no log.
        await using HttpServerCall call = new(http, format, "an unknown method", settings) { IsUnknownMethod = true };
        await call.RunAsync(_ => throw new RpcException(TransportStatus.UnknownMethod));
    }
}
