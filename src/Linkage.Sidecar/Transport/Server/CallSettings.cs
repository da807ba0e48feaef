using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.Options;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>What all calls of a server share.</summary>
internal sealed class CallSettings(
    IOptions<GrpcServiceOptions> options,
    CallTracker tracker,
    ILoggerFactory loggers,
    TimeProvider? time = null,
    CallObserver? observer = null)
{
    /// <summary>How long the end of a call waits for a write that the caller does not take.</summary>
    public static readonly TimeSpan StuckWriteLimit = TimeSpan.FromMilliseconds(40);

    public GrpcServiceOptions Options { get; } = options.Value;

    public CallTracker Tracker { get; } = tracker;

    public ILogger Logger { get; } = loggers.CreateLogger("Linkage.Sidecar.Transport");

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>Who is told of every call; null for nobody.</summary>
    public CallObserver? Observer { get; } = observer;

    /// <summary>How messages are compressed if the caller understands gzip; null for never.</summary>
    public CompressionLevel? Compression =>
        string.Equals(Options.ResponseCompressionAlgorithm, Wire.GzipCodec.Name, StringComparison.OrdinalIgnoreCase)
            ? Options.ResponseCompressionLevel ?? CompressionLevel.Fastest
            : null;
}
