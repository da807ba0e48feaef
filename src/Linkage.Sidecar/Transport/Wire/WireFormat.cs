using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>What the content type of a request says about the call.</summary>
/// <param name="Protocol">How the call travels.</param>
/// <param name="IsJson">Whether messages are JSON instead of protobuf.</param>
/// <param name="ContentType">The content type of the answer.</param>
internal readonly record struct WireFormat(WireProtocol Protocol, bool IsJson, string ContentType)
{
    /// <summary>The content types that are understood, as <c>accept-post</c> lists them.</summary>
    public const string Accepted = "application/grpc, application/grpc+proto, application/grpc-web, "
        + "application/grpc-web+proto, application/grpc-web-text, application/grpc-web-text+proto, application/proto, "
        + "application/json, application/connect+proto, application/connect+json";

    public bool IsConnect => Protocol is WireProtocol.ConnectUnary or WireProtocol.ConnectStream;

    /// <summary>The code for a frame or message that cannot be understood.</summary>
    public StatusCode MalformedCode => IsConnect ? StatusCode.InvalidArgument : StatusCode.Internal;

    /// <summary>The header that names the encoding of messages.</summary>
    public string EncodingHeader => Protocol switch
    {
        WireProtocol.ConnectUnary => "content-encoding",
        WireProtocol.ConnectStream => "connect-content-encoding",
        _ => "grpc-encoding",
    };

    /// <summary>The header that names the encodings the other side understands.</summary>
    public string AcceptEncodingHeader => Protocol switch
    {
        WireProtocol.ConnectUnary => "accept-encoding",
        WireProtocol.ConnectStream => "connect-accept-encoding",
        _ => "grpc-accept-encoding",
    };

    public static bool TryParse(string? contentType, out WireFormat format)
    {
        ReadOnlySpan<char> media = contentType;
        int end = media.IndexOf(';');
        media = (end < 0 ? media : media[..end]).Trim();
        WireProtocol? protocol = media switch
        {
            _ when IsOneOf(media, "application/grpc", "application/grpc+proto") => WireProtocol.Grpc,
            _ when IsOneOf(media, "application/grpc-web", "application/grpc-web+proto") => WireProtocol.GrpcWeb,
            _ when IsOneOf(media, "application/grpc-web-text", "application/grpc-web-text+proto") =>
                WireProtocol.GrpcWebText,
            _ when IsOneOf(media, "application/proto", "application/json") => WireProtocol.ConnectUnary,
            _ when IsOneOf(media, "application/connect+proto", "application/connect+json") =>
                WireProtocol.ConnectStream,
            _ => null,
        };
        format = new WireFormat(
            protocol ?? default,
            media.EndsWith("json", StringComparison.OrdinalIgnoreCase),
            protocol is WireProtocol.Grpc ? "application/grpc" : media.ToString());
        return protocol is not null;
    }

    /// <summary>Whether a method of this type can be called so: unary Connect is for unary methods only.</summary>
    public bool Carries(MethodType type) => Protocol switch
    {
        WireProtocol.ConnectUnary => type == MethodType.Unary,
        WireProtocol.ConnectStream => type != MethodType.Unary,
        _ => true,
    };

    private static bool IsOneOf(ReadOnlySpan<char> media, string first, string second) =>
        media.Equals(first, StringComparison.OrdinalIgnoreCase)
        || media.Equals(second, StringComparison.OrdinalIgnoreCase);
}
