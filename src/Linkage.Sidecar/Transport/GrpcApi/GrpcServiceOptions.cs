using System.IO.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>Limits and habits of all services of a server.</summary>
internal sealed class GrpcServiceOptions
{
    /// <summary>The most bytes of a message from a client, before and after inflation; null for no limit. Default
    /// 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most bytes of a message to a client, before compression; null for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary><c>gzip</c>, or null to send everything uncompressed. Default null.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Whether a caller is told the type and message of an unexpected exception. Never where the messages
    /// could name a person; default false.</summary>
    public bool? EnableDetailedErrors { get; set; }

    public InterceptorCollection Interceptors { get; } = [];

    /// <summary>How long calls may go on after the host was told to stop. Default 20 s.</summary>
    /// <remarks>The real package leaves this to the host.</remarks>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a message may take to arrive once it has begun; the one message of a call without a
    /// client stream has begun with the call. Also how long a write may wait for a caller who takes nothing. Default
    /// 2 min.</summary>
    /// <remarks>Between two messages a client stream may be quiet. The real package leaves this to the host.</remarks>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
