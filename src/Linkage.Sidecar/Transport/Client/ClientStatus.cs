using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Client;

/// <summary>The status of a call as a client reads it off the answer.</summary>
internal static class ClientStatus
{
    /// <summary>The status in trailers, or in the head of an answer without messages.</summary>
    public static Status FromFields(HttpResponseHeaders fields)
    {
        if (!fields.TryGetValues("grpc-status", out IEnumerable<string>? codes)
            || !int.TryParse(codes.First(), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
        {
            return new Status(StatusCode.Unknown, "The answer has no status.");
        }

        string detail = fields.TryGetValues("grpc-message", out IEnumerable<string>? texts)
            ? texts.First()
            : string.Empty;
        return new Status(
            Enum.IsDefined((StatusCode)code) ? (StatusCode)code : StatusCode.Unknown, PercentCoding.Decode(detail));
    }

    /// <summary>The status of an answer that is not gRPC's (gRPC documentation, http-grpc-status-mapping.md).</summary>
    public static Status FromHttp(HttpStatusCode status) => new(
        status switch
        {
            HttpStatusCode.BadRequest => StatusCode.Internal,
            HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
            HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
            HttpStatusCode.NotFound => StatusCode.Unimplemented,
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
            _ => StatusCode.Unknown,
        },
        string.Create(CultureInfo.InvariantCulture, $"The answer has the HTTP status {(int)status}."));
}
