namespace Grpc.Net.Client;

/// <summary>How a channel reaches its server.</summary>
internal sealed class GrpcChannelOptions
{
    /// <summary>Makes the requests; the default speaks HTTP/2 over TCP. A handler with a connect callback reaches a
    /// unix socket.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the handler goes with the channel. Default false; a default handler always goes.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>The most bytes of an answer; null for no limit. Default 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most bytes of a request; null for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }
}
