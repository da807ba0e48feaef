using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Refuses by HTTP status what is not a call at all.</summary>
internal static class Negotiation
{
    /// <summary>Learns how the call travels, or answers 415 or 426.</summary>
    public static bool TryAccept(HttpContext http, out WireFormat format)
    {
        if (!WireFormat.TryParse(http.Request.ContentType, out format))
        {
            RefuseContentType(http);
            return false;
        }

        if (format.Protocol == WireProtocol.Grpc && IsHttp1(http.Request.Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "HTTP/2";
            http.Response.Headers.Connection = "Upgrade";
            return false;
        }

        return true;
    }

    // HTTP/1 has no trailers that clients read.
    private static bool IsHttp1(string protocol) => HttpProtocol.IsHttp11(protocol) || HttpProtocol.IsHttp10(protocol);

    public static void RefuseContentType(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        http.Response.Headers["accept-post"] = WireFormat.Accepted;
    }
}
