using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Telemetry;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>What the owner's service is made of; one for the process.</summary>
internal sealed class OwnerParts : IDisposable
{
    private readonly UnitUploader _uploader;
    private readonly LookupEncoders _encoders;
    private readonly Func<ServerCallContext, string> _callerOf;

    /// <summary>Puts the parts together.</summary>
    /// <param name="directories">The server's directories.</param>
    /// <param name="connect">The way to a unit of the configuration by its name; null if it has none such.</param>
    /// <param name="callerOf">Names who makes a call, once it was let in.</param>
    /// <param name="time">Measures how long sessions wait.</param>
    public OwnerParts(
        DirectoryOptions directories,
        Func<string, UnitRoute?> connect,
        Func<ServerCallContext, string> callerOf,
        TimeProvider time)
    {
        OwnerFiles files = new(directories);
        _callerOf = callerOf;
        _uploader = new UnitUploader(connect, time);
        Schemas = new SchemaCatalog(files);
        Checks = new KeyChecks(files);
        Links = new LinkResolver(files);
        Encoding = new EncodeCalls(files, _uploader, time);
        Uploads = new UploadCalls(files, _uploader);
        _encoders = new LookupEncoders(files, time);
        Lookups = new FindCalls(_encoders, _uploader, connect);
    }

    /// <summary>The schemas.</summary>
    public SchemaCatalog Schemas { get; }

    /// <summary>The key check.</summary>
    public KeyChecks Checks { get; }

    /// <summary>Link ids to source ids.</summary>
    public LinkResolver Links { get; }

    /// <summary>Where figures go; null for nowhere.</summary>
    public SidecarMetrics? Metrics
    {
        init => Encoding.Metrics = value;
    }

    /// <summary>The encoding calls.</summary>
    public EncodeCalls Encoding { get; }

    /// <summary>The sending of files.</summary>
    public UploadCalls Uploads { get; }

    /// <summary>The asking for clients.</summary>
    public FindCalls Lookups { get; }

    /// <summary>Who makes a call.</summary>
    public string CallerOf(ServerCallContext context) => _callerOf(context);

    /// <summary>Ends all sessions, and wipes what lookups are encoded with.</summary>
    public void Dispose()
    {
        Encoding.Dispose();
        _encoders.Dispose();
    }
}
